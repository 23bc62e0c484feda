namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>An organisation's two-factor policy as a row. For the host's queries; only the library writes it.</summary>
public sealed class OrganizationRow
{
    /// <summary>The organisation's id. Two ids are one organisation only when they are equal by ordinal.</summary>
    public required string Id { get; init; }

    /// <summary>Raised by every write, and at least 1; the first is random, as for <see cref="AccountRow.Version"/>.</summary>
    public required long Version { get; init; }

    /// <summary>The organisation as <see cref="Enforcement.PolicySerializer"/> writes it.</summary>
    public required byte[] Data { get; init; }
}
