using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Organizations;

namespace TwoFactor.Status;

/// <summary>
/// The rows behind user lists: members of an organisation joined with their accounts, searched, filtered, sorted and paged by what a
/// database can index. The EF Core package implements it over its tables, the in-memory one over everything.
/// </summary>
public interface IUserListSource
{
    /// <summary>The rows after <see cref="UserListSlice.After"/> in the order of the slice, at most <see cref="UserListSlice.Count"/>.</summary>
    ValueTask<ImmutableArray<UserListRow>> ReadAsync(UserListSlice slice, CancellationToken cancellationToken);

    /// <summary>One member of an organisation; null when the user does not belong to it.</summary>
    ValueTask<UserListRow?> FindAsync(OrganizationId organization, UserId user, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>A member with the account; a new one for who has none stored.</summary>
/// <param name="User">Name and e-mail address.</param>
/// <param name="Membership">The membership.</param>
/// <param name="Account">The account.</param>
public sealed record UserListRow(DirectoryUser User, Membership Membership, Account Account);

/// <summary>What sorts a list; the user's id breaks ties. Text sorts by code point, as databases do under a binary collation.</summary>
public enum UserListSort
{
    /// <summary>By name, after folding ASCII letters to lower case.</summary>
    Name = 1,

    /// <summary>By <see cref="CoarseStatus"/>.</summary>
    Status = 2,

    /// <summary>By the previous sign-in; who never signed in comes first.</summary>
    PreviousSignIn = 3,
}

/// <summary>What of a status a database can tell without knowing any policy.</summary>
public enum CoarseStatus
{
    /// <summary>A lock is in force.</summary>
    Locked = 1,

    /// <summary>No authenticator, none begun.</summary>
    NotEnrolled = 2,

    /// <summary>An authenticator was begun and can still be confirmed.</summary>
    Pending = 3,

    /// <summary>An authenticator is active.</summary>
    Enrolled = 4,
}

/// <summary>A slice of a list, as a source reads it.</summary>
public sealed record UserListSlice
{
    /// <summary>Whose members.</summary>
    public required OrganizationId Organization { get; init; }

    /// <summary>The moment for which locks and pending set-ups are judged.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Words of name or e-mail address, or their beginnings, as <see cref="UserSearch"/> reads them; null or white space for all.</summary>
    public string? Search { get; init; }

    /// <summary>Only these coarse statuses; empty for all.</summary>
    public ImmutableArray<CoarseStatus> Statuses { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>True for those with an authenticator, locked or not; false for those without; null for all.</summary>
    public bool? Enrolled { get; init; }

    /// <summary>The order.</summary>
    public UserListSort Sort { get; init; } = UserListSort.Name;

    /// <summary>True for the opposite order.</summary>
    public bool Descending { get; init; }

    /// <summary>The last row seen; null at the beginning.</summary>
    public UserListCursor? After { get; init; }

    /// <summary>How many rows at most.</summary>
    public required int Count { get; init; }
}
