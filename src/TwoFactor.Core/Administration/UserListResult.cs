using System.Collections.Immutable;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;
using TwoFactor.Status;

namespace TwoFactor.Administration;

/// <summary>A user in a list.</summary>
/// <param name="User">Name and e-mail address.</param>
/// <param name="Membership">The membership in the organisation of the list.</param>
/// <param name="Status">Where the user stands with that organisation.</param>
/// <param name="Account">What may be shown of the account: codes generated when, how many left, previous sign-in; never a code.</param>
public sealed record UserListItem(DirectoryUser User, Membership Membership, UserStatus Status, AccountStatus Account);

/// <summary>The answer to a list query. A closed hierarchy.</summary>
public abstract record UserListResult
{
    private UserListResult()
    {
    }

    /// <summary>A page. It can be short, even empty, with a next page when few users match.</summary>
    /// <param name="Users">In the order asked for.</param>
    /// <param name="Next">Where the next page begins; null on the last.</param>
    public sealed record Page(ImmutableArray<UserListItem> Users, UserListCursor? Next) : UserListResult;

    /// <summary>The actor may not; the denial was recorded.</summary>
    /// <param name="Reason">Why not.</param>
    public sealed record Denied(DenialReason Reason) : UserListResult;

    /// <summary>A value is out of range.</summary>
    /// <param name="Field">Which.</param>
    public sealed record Invalid(string Field) : UserListResult;
}

/// <summary>The answer to the wish for the details of one user. A closed hierarchy.</summary>
public abstract record UserDetailsResult
{
    private UserDetailsResult()
    {
    }

    /// <summary>The user.</summary>
    /// <param name="User">As in the list.</param>
    /// <param name="Explanation">The rules of the organisation and how they stand for the user.</param>
    public sealed record Found(UserListItem User, EnforcementExplanation Explanation) : UserDetailsResult;

    /// <summary>The user does not belong to the organisation.</summary>
    public sealed record NotFound : UserDetailsResult;

    /// <summary>The actor may not; the denial was recorded.</summary>
    /// <param name="Reason">Why not.</param>
    public sealed record Denied(DenialReason Reason) : UserDetailsResult;
}
