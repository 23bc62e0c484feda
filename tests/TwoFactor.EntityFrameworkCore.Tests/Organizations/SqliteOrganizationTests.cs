using NUnit.Framework;
using TwoFactor.StoreConformance.Organizations;

namespace TwoFactor.EntityFrameworkCore.Tests.Organizations;

[TestFixture]
public sealed class SqliteOrganizationStoreContract : OrganizationStoreContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => DatabaseOrganizationHarness.CreateAsync(Engine.Sqlite);
}

[TestFixture]
public sealed class SqliteMembershipSourceContract : MembershipSourceContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => DatabaseOrganizationHarness.CreateAsync(Engine.Sqlite);
}

[TestFixture]
public sealed class SqliteUserListContract : UserListContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => DatabaseOrganizationHarness.CreateAsync(Engine.Sqlite);
}

[TestFixture]
public sealed class SqliteAuditReaderContract : AuditReaderContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => DatabaseOrganizationHarness.CreateAsync(Engine.Sqlite);
}

[TestFixture]
public sealed class SqliteAuditDeliveryContract : AuditDeliveryContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => DatabaseOrganizationHarness.CreateAsync(Engine.Sqlite);
}

[TestFixture]
public sealed class SqliteAuditServiceContract : AuditServiceContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => DatabaseOrganizationHarness.CreateAsync(Engine.Sqlite);
}

[TestFixture]
public sealed class SqliteUserListServiceContract : UserListServiceContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => DatabaseOrganizationHarness.CreateAsync(Engine.Sqlite);
}

/// <summary>Small organisations read as large ones are.</summary>
[TestFixture]
public sealed class SqliteLargeOrganizationAuditReaderContract : AuditReaderContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => DatabaseOrganizationHarness.CreateAsync(Engine.Sqlite, largeOrganization: 0);
}

/// <summary>Connections that share a cache lock each other's tables, readers included.</summary>
[TestFixture]
public sealed class SqliteSharedCacheMembershipSourceContract : MembershipSourceContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => DatabaseOrganizationHarness.CreateAsync(Engine.Sqlite, keywords: "Cache=Shared");
}
