namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>The statements of a compare-and-swap.</summary>
/// <param name="Replace">Inserts or updates the row: one row affected, or none when the version has moved on.</param>
/// <param name="ReplaceWithEvents">The same and the audit events in one statement, of PostgreSQL: as many rows affected as there are events, or none.</param>
/// <param name="InsertEvent">Adds one audit event.</param>
internal sealed record ConditionalStatement(string Replace, string ReplaceWithEvents, string InsertEvent)
{
    /// <summary>What follows when the row was replaced, with some of its parameters; null for nothing. <see cref="ReplaceWithEvents"/> has it within.</summary>
    public string? Follow { get; init; }
}
