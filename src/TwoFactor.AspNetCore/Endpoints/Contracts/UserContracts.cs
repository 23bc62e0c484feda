using System.Collections.Immutable;
using TwoFactor.Administration;
using TwoFactor.Enforcement;
using TwoFactor.AspNetCore.Problems;

namespace TwoFactor.AspNetCore.Endpoints.Contracts;

/// <summary>A page of users. It can be short, even empty, with a next page when few users match.</summary>
/// <param name="Users">In the order asked for.</param>
/// <param name="Next">What the parameter <c>after</c> of the next page is; null on the last.</param>
public sealed record UserPageResponse(ImmutableArray<UserResponse> Users, string? Next);

/// <summary>A user as administrators see one: no secret, no code.</summary>
public sealed record UserResponse
{
    /// <summary>The host's key of the user.</summary>
    public required string Id { get; init; }

    /// <summary>The id as it stands in the path of an address; it can differ from <see cref="Id"/>.</summary>
    public required string PathId { get; init; }

    /// <summary>The name shown.</summary>
    public required string Name { get; init; }

    /// <summary>The e-mail address.</summary>
    public required string Email { get; init; }

    /// <summary><c>member</c> or <c>external_collaborator</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The groups in the organisation, in ordinal order.</summary>
    public required ImmutableArray<string> Groups { get; init; }

    /// <summary>
    /// <c>locked</c>, <c>unverifiable</c>, <c>overdue</c>, <c>in_grace</c>, <c>pending</c>, <c>not_enrolled</c>, <c>exempt</c>, <c>sso_only</c> or
    /// <c>enrolled</c>.
    /// </summary>
    public required string Status { get; init; }

    /// <summary>The end of grace (in the past when overdue), exemption or lock; null where there is none.</summary>
    public required DateTimeOffset? StatusUntil { get; init; }

    /// <summary>True when an authenticator is active, locked or not.</summary>
    public required bool IsEnrolled { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset? EnrolledAt { get; init; }

    /// <summary>The lock in force; null when there is none.</summary>
    public required LockResponse? Lock { get; init; }

    /// <summary>How many backup codes are left.</summary>
    public required int BackupCodesLeft { get; init; }

    /// <summary>When they were made; null when there are none.</summary>
    public required DateTimeOffset? BackupCodesGeneratedAt { get; init; }

    /// <summary>The last completed sign-in.</summary>
    public required DateTimeOffset? LastSignInAt { get; init; }

    /// <summary>The one before it.</summary>
    public required DateTimeOffset? PreviousSignInAt { get; init; }

    internal static UserResponse Of(UserListItem item) => new()
    {
        Id = item.User.Id.Value,
        PathId = PathIds.Write(item.User.Id.Value),
        Name = item.User.Name,
        Email = item.User.Email,
        Kind = WireNames.Of(item.Membership.Kind),
        Groups = [.. item.Membership.Groups.Keys],
        Status = WireNames.Of(item.Status.Kind),
        StatusUntil = item.Status.Until,
        IsEnrolled = item.Account.IsEnrolled,
        EnrolledAt = item.Account.EnrolledAt,
        Lock = LockResponse.OfNullable(item.Account.Lock),
        BackupCodesLeft = item.Account.BackupCodesLeft,
        BackupCodesGeneratedAt = item.Account.BackupCodesGeneratedAt,
        LastSignInAt = item.Account.LastSignInAt,
        PreviousSignInAt = item.Account.PreviousSignInAt,
    };
}

/// <summary>A user with the rules of the organisation.</summary>
/// <param name="User">As in the list.</param>
/// <param name="Rules">The deciding rules first, then those that were outweighed, then those that do not bind.</param>
public sealed record UserDetailsResponse(UserResponse User, ImmutableArray<RuleResponse> Rules)
{
    internal static UserDetailsResponse Of(UserDetailsResult.Found found) => new(UserResponse.Of(found.User), [.. found.Explanation.Rules.Select(RuleResponse.Of)]);
}

/// <summary>How a rule stands for a user who signs in by password.</summary>
public sealed record RuleResponse
{
    /// <summary>Which rule.</summary>
    public required string RuleId { get; init; }

    /// <summary>The version of the policy it stands in.</summary>
    public required long PolicyVersion { get; init; }

    /// <summary>
    /// <c>decides</c>, <c>outweighed</c>, <c>reports_only</c>, <c>off</c>, <c>not_started</c>, <c>not_targeted</c>, <c>group_excluded</c>,
    /// <c>user_excluded</c>, <c>exempted</c>, <c>method_not_covered</c>, <c>method_exempt</c> or <c>satisfied</c>.
    /// </summary>
    public required string Standing { get; init; }

    /// <summary>From when the user's grace runs; null when the rule does not bind.</summary>
    public required DateTimeOffset? Anchor { get; init; }

    /// <summary>When it ends, extensions included; null when the rule does not bind.</summary>
    public required DateTimeOffset? Deadline { get; init; }

    internal static RuleResponse Of(RuleVerdict rule) => new()
    {
        RuleId = rule.RuleId,
        PolicyVersion = rule.PolicyVersion,
        Standing = WireNames.Of(rule.Standing),
        Anchor = rule.Anchor,
        Deadline = rule.Deadline,
    };
}
