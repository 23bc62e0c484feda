using NUnit.Framework;
using TwoFactor.StoreConformance.Organizations;

namespace TwoFactor.EntityFrameworkCore.Tests.Organizations;

[TestFixture]
public sealed class PostgreSqlOrganizationStoreContract : OrganizationStoreContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => DatabaseOrganizationHarness.CreateAsync(Engine.PostgreSql);
}

[TestFixture]
public sealed class PostgreSqlMembershipSourceContract : MembershipSourceContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => DatabaseOrganizationHarness.CreateAsync(Engine.PostgreSql);
}

[TestFixture]
public sealed class PostgreSqlUserListContract : UserListContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => DatabaseOrganizationHarness.CreateAsync(Engine.PostgreSql);
}

[TestFixture]
public sealed class PostgreSqlAuditReaderContract : AuditReaderContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => DatabaseOrganizationHarness.CreateAsync(Engine.PostgreSql);
}

[TestFixture]
public sealed class PostgreSqlAuditDeliveryContract : AuditDeliveryContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => DatabaseOrganizationHarness.CreateAsync(Engine.PostgreSql);
}

[TestFixture]
public sealed class PostgreSqlAuditServiceContract : AuditServiceContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => DatabaseOrganizationHarness.CreateAsync(Engine.PostgreSql);
}

[TestFixture]
public sealed class PostgreSqlUserListServiceContract : UserListServiceContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => DatabaseOrganizationHarness.CreateAsync(Engine.PostgreSql);
}

/// <summary>Small organisations read as large ones are.</summary>
[TestFixture]
public sealed class PostgreSqlLargeOrganizationAuditReaderContract : AuditReaderContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => DatabaseOrganizationHarness.CreateAsync(Engine.PostgreSql, largeOrganization: 0);
}
