using NUnit.Framework;
using TwoFactor.StoreConformance.Organizations;

namespace TwoFactor.Tests.Organizations;

[TestFixture]
public sealed class InMemoryOrganizationStoreContract : OrganizationStoreContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => ValueTask.FromResult<OrganizationHarness>(new InMemoryOrganizationHarness());
}

[TestFixture]
public sealed class InMemoryMembershipSourceContract : MembershipSourceContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => ValueTask.FromResult<OrganizationHarness>(new InMemoryOrganizationHarness());
}

[TestFixture]
public sealed class InMemoryUserListContract : UserListContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => ValueTask.FromResult<OrganizationHarness>(new InMemoryOrganizationHarness());
}

[TestFixture]
public sealed class InMemoryAuditReaderContract : AuditReaderContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => ValueTask.FromResult<OrganizationHarness>(new InMemoryOrganizationHarness());
}

[TestFixture]
public sealed class InMemoryAuditDeliveryContract : AuditDeliveryContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => ValueTask.FromResult<OrganizationHarness>(new InMemoryOrganizationHarness());
}

[TestFixture]
public sealed class InMemoryAuditServiceContract : AuditServiceContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => ValueTask.FromResult<OrganizationHarness>(new InMemoryOrganizationHarness());
}

[TestFixture]
public sealed class InMemoryUserListServiceContract : UserListServiceContract
{
    protected override ValueTask<OrganizationHarness> CreateAsync() => ValueTask.FromResult<OrganizationHarness>(new InMemoryOrganizationHarness());
}
