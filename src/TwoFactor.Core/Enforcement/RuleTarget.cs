using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TwoFactor.Organizations;

namespace TwoFactor.Enforcement;

/// <summary>Whom a rule binds. A closed hierarchy.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Everyone), "everyone")]
[JsonDerivedType(typeof(InGroups), "groups")]
[JsonDerivedType(typeof(ExternalCollaborators), "externalCollaborators")]
public abstract record RuleTarget
{
    private RuleTarget()
    {
    }

    /// <summary>Whoever is in at least one of the groups.</summary>
    public static RuleTarget ForGroups(params ReadOnlySpan<string> groups) => new InGroups([.. groups]);

    /// <summary>Since when a membership is bound by the target; null when it is not.</summary>
    public abstract DateTimeOffset? BindsSince(Membership membership);

    /// <summary>All members and external collaborators.</summary>
    public sealed record Everyone : RuleTarget
    {
        /// <inheritdoc/>
        public override DateTimeOffset? BindsSince(Membership membership)
        {
            ArgumentNullException.ThrowIfNull(membership);
            return membership.SubjectSince;
        }
    }

    /// <summary>Whoever is in at least one of the groups.</summary>
    /// <param name="Groups">Group names, compared by ordinal.</param>
    public sealed record InGroups(ImmutableArray<string> Groups) : RuleTarget
    {
        /// <inheritdoc/>
        public override DateTimeOffset? BindsSince(Membership membership)
        {
            ArgumentNullException.ThrowIfNull(membership);
            if (!Groups.Any(membership.Groups.ContainsKey)) return null;
            // Bound through one group, counted from the first of all: to leave another one moves nothing.
            DateTimeOffset? since = null;
            foreach (var group in Groups)
            {
                if (!membership.Groups.TryGetValue(group, out var joined) && !membership.FormerGroups.TryGetValue(group, out joined)) continue;
                if (since is null || joined < since) since = joined;
            }

            return since;
        }

        /// <summary>The group names.</summary>
        public override string ToString() => $"InGroups ({string.Join(", ", Groups)})";
    }

    /// <summary>External collaborators only.</summary>
    public sealed record ExternalCollaborators : RuleTarget
    {
        /// <inheritdoc/>
        public override DateTimeOffset? BindsSince(Membership membership)
        {
            ArgumentNullException.ThrowIfNull(membership);
            return membership.Kind == MembershipKind.ExternalCollaborator ? membership.SubjectSince : null;
        }
    }
}
