using NUnit.Framework;
using TwoFactor.Testing.Organizations;

namespace TwoFactor.EntityFrameworkCore.Tests.Organizations;

[TestFixture]
public sealed class SqliteOrganizationStoreContract : OrganizationStoreContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => SqliteOrganizationHarness.CreateAsync();
}

[TestFixture]
public sealed class SqliteMembershipSourceContract : MembershipSourceContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => SqliteOrganizationHarness.CreateAsync();
}

[TestFixture]
public sealed class SqliteUserListContract : UserListContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => SqliteOrganizationHarness.CreateAsync();
}

[TestFixture]
public sealed class SqliteAuditReaderContract : AuditReaderContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => SqliteOrganizationHarness.CreateAsync();
}

[TestFixture]
public sealed class SqliteAuditDeliveryContract : AuditDeliveryContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => SqliteOrganizationHarness.CreateAsync();
}

[TestFixture]
public sealed class SqliteAuditServiceContract : AuditServiceContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => SqliteOrganizationHarness.CreateAsync();
}

[TestFixture]
public sealed class SqliteUserListServiceContract : UserListServiceContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => SqliteOrganizationHarness.CreateAsync();
}
