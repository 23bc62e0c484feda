using TwoFactor.EntityFrameworkCore.Tables;

namespace TwoFactor.EntityFrameworkCore.Databases;

/// <summary>A row to replace if its version is still the same, and the audit events to add with it.</summary>
/// <param name="Key">The row's key.</param>
/// <param name="Statement">How.</param>
/// <param name="Values">The parameters of <see cref="ConditionalStatement.Replace"/>.</param>
/// <param name="Events">The events' values, in the order of <see cref="EventStatements.Columns"/>.</param>
internal sealed record ConditionalWrite(string Key, ConditionalStatement Statement, (string Name, object? Value)[] Values, object?[][] Events);
