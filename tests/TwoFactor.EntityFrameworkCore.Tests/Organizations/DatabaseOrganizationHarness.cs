using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;
using TwoFactor.Status;
using TwoFactor.Storage;
using TwoFactor.StoreConformance.Organizations;

namespace TwoFactor.EntityFrameworkCore.Tests.Organizations;

internal sealed class DatabaseOrganizationHarness : OrganizationHarness
{
    private readonly EntityFrameworkDirectory _directory;
    private readonly EntityFrameworkAuditLog _log;

    private DatabaseOrganizationHarness(TestDatabase database, int largeOrganization)
    {
        Database = database;
        _directory = new EntityFrameworkDirectory(database.CreateContext);
        _log = new EntityFrameworkAuditLog(database.CreateContext) { LargeOrganization = largeOrganization };
        Accounts = database.CreateStore();
        Organizations = new EntityFrameworkOrganizationStore(database.CreateContext);
        Users = new EntityFrameworkUserList(database.CreateContext);
    }

    public TestDatabase Database { get; }

    public override IAccountStore Accounts { get; }

    public override IOrganizationStore Organizations { get; }

    public override IMembershipSource Memberships => _directory;

    public override IUserListSource Users { get; }

    public override IAuditReader Audit => _log;

    public override IAuditFeed Feed => _log;

    public static async ValueTask<OrganizationHarness> CreateAsync(Engine engine, int largeOrganization = 1000, string keywords = "") =>
        new DatabaseOrganizationHarness(await TestDatabase.WithSchemaAsync(engine, keywords), largeOrganization);

    public override ValueTask PutAsync(DirectoryUser user) => _directory.PutAsync(user);

    public override ValueTask JoinAsync(
        OrganizationId organization, UserId user, DateTimeOffset at, MembershipKind kind = MembershipKind.Member, string? identityProvider = null) =>
        _directory.JoinAsync(organization, user, at, kind, identityProvider);

    public override ValueTask LeaveAsync(OrganizationId organization, UserId user) => _directory.LeaveAsync(organization, user);

    public override ValueTask JoinGroupAsync(OrganizationId organization, UserId user, string group, DateTimeOffset at) =>
        _directory.JoinGroupAsync(organization, user, group, at);

    public override ValueTask LeaveGroupAsync(OrganizationId organization, UserId user, string group) => _directory.LeaveGroupAsync(organization, user, group);

    public override async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await base.DisposeAsync();
    }
}
