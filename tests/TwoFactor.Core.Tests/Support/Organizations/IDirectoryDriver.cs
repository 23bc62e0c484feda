using TwoFactor.Accounts;
using TwoFactor.Organizations;

namespace TwoFactor.Tests.Support.Organizations;

/// <summary>Changes a directory of users and memberships, wherever it is kept.</summary>
internal interface IDirectoryDriver
{
    void Put(DirectoryUser user);

    void Join(OrganizationId organization, UserId user, DateTimeOffset at, MembershipKind kind, string? identityProvider);

    void Leave(OrganizationId organization, UserId user);

    void JoinGroup(OrganizationId organization, UserId user, string group, DateTimeOffset at);

    void LeaveGroup(OrganizationId organization, UserId user, string group);
}

/// <summary>The reference directory.</summary>
internal sealed class InMemoryDirectoryDriver(InMemoryDirectory directory) : IDirectoryDriver
{
    public void Put(DirectoryUser user) => directory.Put(user);

    public void Join(OrganizationId organization, UserId user, DateTimeOffset at, MembershipKind kind, string? identityProvider) =>
        directory.Join(organization, user, at, kind, identityProvider);

    public void Leave(OrganizationId organization, UserId user) => directory.Leave(organization, user);

    public void JoinGroup(OrganizationId organization, UserId user, string group, DateTimeOffset at) => directory.JoinGroup(organization, user, group, at);

    public void LeaveGroup(OrganizationId organization, UserId user, string group) => directory.LeaveGroup(organization, user, group);
}
