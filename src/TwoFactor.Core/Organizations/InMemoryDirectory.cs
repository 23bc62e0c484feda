using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using TwoFactor.Accounts;

namespace TwoFactor.Organizations;

/// <summary>
/// Users and memberships in this process: for tests and trying out, and a model of what a host's own source must do about leaving and
/// rejoining. Safe for concurrent use.
/// </summary>
public sealed class InMemoryDirectory : IMembershipSource
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UserId, DirectoryUser> _users = [];
    private readonly Dictionary<(OrganizationId Organization, UserId User), Membership> _members = [];

    // First times, kept when a user leaves: rejoining must not give new grace.
    private readonly Dictionary<(OrganizationId Organization, UserId User), DateTimeOffset> _subjectSince = [];
    private readonly Dictionary<(OrganizationId Organization, UserId User, string Group), DateTimeOffset> _groupSince = [];

    /// <summary>Adds a user, or changes name and e-mail address.</summary>
    public void Put(DirectoryUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        lock (_gate) _users[user.Id] = user;
    }

    /// <summary>Lets a user join an organisation, or changes how; groups stay as they are.</summary>
    public void Join(
        OrganizationId organization, UserId user, DateTimeOffset at, MembershipKind kind = MembershipKind.Member, string? identityProvider = null)
    {
        lock (_gate)
        {
            var key = (organization, user);
            _subjectSince.TryAdd(key, at);
            var groups = _members.TryGetValue(key, out var before) ? before.Groups : ImmutableSortedDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal);
            Put(new Membership
            {
                UserId = user,
                OrganizationId = organization,
                Kind = kind,
                SubjectSince = _subjectSince[key],
                Groups = groups,
                IdentityProvider = identityProvider,
            });
        }
    }

    /// <summary>Lets a user leave an organisation, and with it all its groups.</summary>
    public void Leave(OrganizationId organization, UserId user)
    {
        lock (_gate) _members.Remove((organization, user));
    }

    /// <summary>Puts a member into a group.</summary>
    /// <exception cref="InvalidOperationException">The user does not belong to the organisation.</exception>
    public void JoinGroup(OrganizationId organization, UserId user, string group, DateTimeOffset at)
    {
        ArgumentException.ThrowIfNullOrEmpty(group);
        lock (_gate)
        {
            var member = Find(organization, user);
            _groupSince.TryAdd((organization, user, group), at);
            Put(member with { Groups = member.Groups.SetItem(group, _groupSince[(organization, user, group)]) });
        }
    }

    /// <summary>Takes a member out of a group.</summary>
    /// <exception cref="InvalidOperationException">The user does not belong to the organisation.</exception>
    public void LeaveGroup(OrganizationId organization, UserId user, string group)
    {
        ArgumentException.ThrowIfNullOrEmpty(group);
        lock (_gate)
        {
            var member = Find(organization, user);
            Put(member with { Groups = member.Groups.Remove(group) });
        }
    }

    /// <summary>True when the user belongs to the organisation now.</summary>
    public bool Belongs(OrganizationId organization, UserId user)
    {
        lock (_gate) return _members.ContainsKey((organization, user));
    }

    /// <summary>The members of an organisation with what lists show of them; the id stands for a name that is not known.</summary>
    public ImmutableArray<(DirectoryUser User, Membership Membership)> MembersOf(OrganizationId organization)
    {
        lock (_gate)
        {
            return [.. _members.Values.Where(m => m.OrganizationId == organization)
                .Select(m => (_users.GetValueOrDefault(m.UserId) ?? new DirectoryUser(m.UserId, m.UserId.Value, ""), m))];
        }
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Membership>> GetMembershipsAsync(UserId userId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate) return ValueTask.FromResult<ImmutableArray<Membership>>([.. _members.Values.Where(m => m.UserId == userId)]);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Membership> GetMembersAsync(
        OrganizationId organizationId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var (_, membership) in MembersOf(organizationId).OrderBy(m => m.Membership.UserId.Value, CodePointOrder.Comparer))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return membership;
        }
    }

    private void Put(Membership member) => _members[(member.OrganizationId, member.UserId)] = member with
    {
        FormerGroups = _groupSince
            .Where(g => g.Key.Organization == member.OrganizationId && g.Key.User == member.UserId && !member.Groups.ContainsKey(g.Key.Group))
            .ToImmutableSortedDictionary(g => g.Key.Group, g => g.Value, StringComparer.Ordinal),
    };

    private Membership Find(OrganizationId organization, UserId user) => _members.TryGetValue((organization, user), out var member)
        ? member
        : throw new InvalidOperationException($"'{user}' does not belong to '{organization}': call Join first.");
}
