namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>The statements of a compare-and-swap.</summary>
/// <param name="Replace">Inserts or updates the row: one row affected, or none when the version has moved on.</param>
/// <param name="InsertEvent">Adds one audit event.</param>
internal sealed record ConditionalStatement(string Replace, string InsertEvent)
{
    /// <summary><see cref="Replace"/> and one audit event in one statement, of PostgreSQL: one row affected, or none.</summary>
    public required PositionalStatement ReplaceWithEvent { get; init; }

    /// <summary>The same with any number of events, given as arrays: as many rows affected as there are events, or none.</summary>
    public required string ReplaceWithEvents { get; init; }

    /// <summary>What follows when the row was replaced, with some of its parameters; null for nothing. The two above have it within.</summary>
    public string? Follow { get; init; }
}
