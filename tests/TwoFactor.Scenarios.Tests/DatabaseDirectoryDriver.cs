using TwoFactor.Accounts;
using TwoFactor.EntityFrameworkCore;
using TwoFactor.Organizations;
using TwoFactor.Tests.Support.Organizations;

namespace TwoFactor.Tests.Scenarios;

/// <summary>Lets the scenarios fill a directory in a database.</summary>
internal sealed class DatabaseDirectoryDriver(EntityFrameworkDirectory directory) : IDirectoryDriver
{
    public void Put(DirectoryUser user) => Wait(directory.PutAsync(user));

    public void Join(OrganizationId organization, UserId user, DateTimeOffset at, MembershipKind kind, string? identityProvider) =>
        Wait(directory.JoinAsync(organization, user, at, kind, identityProvider));

    public void Leave(OrganizationId organization, UserId user) => Wait(directory.LeaveAsync(organization, user));

    public void JoinGroup(OrganizationId organization, UserId user, string group, DateTimeOffset at) =>
        Wait(directory.JoinGroupAsync(organization, user, group, at));

    public void LeaveGroup(OrganizationId organization, UserId user, string group) => Wait(directory.LeaveGroupAsync(organization, user, group));

    // The scenarios' directory is synchronous; the tests' threads are their own.
    private static void Wait(ValueTask task) => task.AsTask().GetAwaiter().GetResult();
}
