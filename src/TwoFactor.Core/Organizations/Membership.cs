using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Organizations;

/// <summary>How a user belongs to an organisation.</summary>
public enum MembershipKind
{
    /// <summary>One of its own people.</summary>
    Member = 1,

    /// <summary>Somebody from outside, of whatever domain, who was let in.</summary>
    ExternalCollaborator = 2,
}

/// <summary>That a user belongs to an organisation. It is the host's knowledge, told through <see cref="IMembershipSource"/>.</summary>
public sealed record Membership
{
    /// <summary>Who.</summary>
    public required UserId UserId { get; init; }

    /// <summary>Where.</summary>
    public required OrganizationId OrganizationId { get; init; }

    /// <summary>How.</summary>
    public MembershipKind Kind { get; init; } = MembershipKind.Member;

    /// <summary>
    /// Since when the user first belonged to the organisation. It survives leaving and rejoining, so that neither moves a deadline.
    /// </summary>
    public required DateTimeOffset SubjectSince { get; init; }

    /// <summary>
    /// The groups the user is in now, each with the time of first joining it, which survives leaving and rejoining. Names compare by ordinal.
    /// </summary>
    public ImmutableSortedDictionary<string, DateTimeOffset> Groups { get; init; } = ImmutableSortedDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal);

    /// <summary>
    /// The groups the user has left, each with the time of first joining it: a rule for several groups goes on counting from the earliest,
    /// so that leaving one of them moves no deadline. Without effect on whether a rule binds.
    /// </summary>
    public ImmutableSortedDictionary<string, DateTimeOffset> FormerGroups { get; init; } = ImmutableSortedDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal);

    /// <summary>The identity provider that the user signs in by when not by password or link; null when there is none or it does not matter.</summary>
    public string? IdentityProvider { get; init; }
}
