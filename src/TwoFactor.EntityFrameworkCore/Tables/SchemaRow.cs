namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>
/// Which version the tables are of: one row. It is seeded by the model, so the host's next migration changes it together with the tables.
/// </summary>
public sealed class SchemaRow
{
    /// <summary>The version of the tables that this version of the library works on.</summary>
    public const int CurrentVersion = 2;

    /// <summary>Always 1.</summary>
    public required int Id { get; init; }

    /// <summary>The version, from 1.</summary>
    public required int Version { get; init; }
}
