namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>
/// A user's two-factor state as a row. For the host's queries and reports; only the library writes it. A host that removes users removes
/// their audit events first and then this row, in one transaction: the foreign key refuses any other order.
/// </summary>
public sealed class AccountRow
{
    /// <summary>The user's id. Two ids are one user only when they are equal by ordinal.</summary>
    public required string UserId { get; init; }

    /// <summary>
    /// Raised by every write, and at least 1. The first is random, so that a row made anew after its removal never has a version that a
    /// request in flight still holds.
    /// </summary>
    public required long Version { get; init; }

    /// <summary>The account as <see cref="Accounts.AccountSerializer"/> writes it: seeds encrypted, codes hashed.</summary>
    public required byte[] Data { get; init; }

    /// <summary>When it was last written, in milliseconds since 1970-01-01 UTC.</summary>
    public required long UpdatedAt { get; init; }
}
