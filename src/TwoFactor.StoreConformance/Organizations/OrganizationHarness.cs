using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;
using TwoFactor.Status;
using TwoFactor.Storage;

namespace TwoFactor.StoreConformance.Organizations;

/// <summary>Fresh, empty stores of one kind that belong together, and a directory that the suites fill.</summary>
public abstract class OrganizationHarness : IAsyncDisposable
{
    public abstract IAccountStore Accounts { get; }

    public abstract IOrganizationStore Organizations { get; }

    public abstract IMembershipSource Memberships { get; }

    public abstract IUserListSource Users { get; }

    public abstract IAuditReader Audit { get; }

    public abstract IAuditFeed Feed { get; }

    public abstract ValueTask PutAsync(DirectoryUser user);

    public abstract ValueTask JoinAsync(
        OrganizationId organization, UserId user, DateTimeOffset at, MembershipKind kind = MembershipKind.Member, string? identityProvider = null);

    public abstract ValueTask LeaveAsync(OrganizationId organization, UserId user);

    public abstract ValueTask JoinGroupAsync(OrganizationId organization, UserId user, string group, DateTimeOffset at);

    public abstract ValueTask LeaveGroupAsync(OrganizationId organization, UserId user, string group);

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
