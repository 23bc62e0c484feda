using TwoFactor.Accounts;
using TwoFactor.Organizations;

namespace TwoFactor.Tests.Support.Organizations;

/// <summary>The host's directory, in which everything happens now.</summary>
internal sealed class MembershipDirectory(IDirectoryDriver directory, IMembershipSource source, TimeProvider clock)
{
    /// <summary>Lets a user in, or in again.</summary>
    public void Join(
        UserId user, OrganizationId organization, MembershipKind kind = MembershipKind.Member, string? identityProvider = null, params ReadOnlySpan<string> groups)
    {
        directory.Put(new DirectoryUser(user, user.Value, $"{user}@example.org"));
        directory.Join(organization, user, clock.GetUtcNow(), kind, identityProvider);
        foreach (var group in groups) JoinGroup(user, organization, group);
    }

    public void Leave(UserId user, OrganizationId organization) => directory.Leave(organization, user);

    public void JoinGroup(UserId user, OrganizationId organization, string group) => directory.JoinGroup(organization, user, group, clock.GetUtcNow());

    public void LeaveGroup(UserId user, OrganizationId organization, string group) => directory.LeaveGroup(organization, user, group);

    public bool IsMember(UserId user, OrganizationId organization) => Of(user).Any(membership => membership.OrganizationId == organization);

    private IReadOnlyList<Membership> Of(UserId user) => source.GetMembershipsAsync(user, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public async Task<IReadOnlyList<Membership>> MembershipsOfAsync(UserId user) => await source.GetMembershipsAsync(user, CancellationToken.None);
}
