using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;
using TwoFactor.Status;
using TwoFactor.Storage;

namespace TwoFactor.StoreConformance.Organizations;

/// <summary>The in-memory stores: under test themselves, and the reference for the others.</summary>
public sealed class InMemoryOrganizationHarness : OrganizationHarness
{
    private readonly InMemoryDirectory _directory = new();
    private readonly InMemoryAuditLog _log;

    /// <summary>Empty stores.</summary>
    public InMemoryOrganizationHarness()
    {
        _log = new InMemoryAuditLog(_directory.Belongs);
        Accounts = new InMemoryAccountStore(_log);
        Organizations = new InMemoryOrganizationStore(_log);
        Users = new InMemoryUserList(_directory, Accounts);
    }

    /// <inheritdoc/>
    public override IAccountStore Accounts { get; }

    /// <inheritdoc/>
    public override IOrganizationStore Organizations { get; }

    /// <inheritdoc/>
    public override IMembershipSource Memberships => _directory;

    /// <inheritdoc/>
    public override IUserListSource Users { get; }

    /// <inheritdoc/>
    public override IAuditReader Audit => _log;

    /// <inheritdoc/>
    public override IAuditFeed Feed => _log;

    /// <inheritdoc/>
    public override ValueTask PutAsync(DirectoryUser user) => Do(() => _directory.Put(user));

    /// <inheritdoc/>
    public override ValueTask JoinAsync(
        OrganizationId organization, UserId user, DateTimeOffset at, MembershipKind kind = MembershipKind.Member, string? identityProvider = null) =>
        Do(() => _directory.Join(organization, user, at, kind, identityProvider));

    /// <inheritdoc/>
    public override ValueTask LeaveAsync(OrganizationId organization, UserId user) => Do(() => _directory.Leave(organization, user));

    /// <inheritdoc/>
    public override ValueTask JoinGroupAsync(OrganizationId organization, UserId user, string group, DateTimeOffset at) =>
        Do(() => _directory.JoinGroup(organization, user, group, at));

    /// <inheritdoc/>
    public override ValueTask LeaveGroupAsync(OrganizationId organization, UserId user, string group) =>
        Do(() => _directory.LeaveGroup(organization, user, group));

    private static ValueTask Do(Action action)
    {
        action();
        return default;
    }
}
