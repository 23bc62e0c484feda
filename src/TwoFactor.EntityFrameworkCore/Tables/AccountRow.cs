namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>
/// A user's two-factor state as a row. For the host's queries and reports; only the library writes it. A host that removes users removes
/// their audit events and this row in one transaction.
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

    /// <summary>When it was last written, in milliseconds since 1970-01-01 UTC.</summary>
    public required long UpdatedAt { get; init; }

    /// <summary>True when an authenticator is active. This and the columns below are what <see cref="Status.UserListKeys"/> says of <see cref="Data"/>.</summary>
    public required bool Enrolled { get; init; }

    /// <summary>
    /// When the later of the two locks ends: ticks of 100 ns since 0001-01-01 UTC, exact so that a list and the lock never disagree; the
    /// greatest number for a lock that time does not end; 0 for none.
    /// </summary>
    public required long LockedUntil { get; init; }

    /// <summary>Until when a new authenticator can be confirmed: ticks of 100 ns since 0001-01-01 UTC; 0 for none.</summary>
    public required long PendingUntil { get; init; }

    /// <summary>The previous sign-in in milliseconds since 1970-01-01 UTC; -1 for none.</summary>
    public required long PreviousSignIn { get; init; }

    /// <summary>
    /// The account as <see cref="Accounts.AccountSerializer"/> writes it: seeds encrypted, codes hashed. The last column, so that lists read
    /// the others without it.
    /// </summary>
    public required byte[] Data { get; init; }
}
