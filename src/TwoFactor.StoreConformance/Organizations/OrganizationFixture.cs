using NUnit.Framework;
using TwoFactor.Accounts;

namespace TwoFactor.StoreConformance.Organizations;

/// <summary>Runs each test on fresh stores.</summary>
[TestFixture]
public abstract class OrganizationFixture
{
    protected static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    protected static readonly OrganizationId Acme = new("acme");
    protected static readonly OrganizationId Globex = new("Globex");
    protected static readonly UserId Alice = new("alice");
    protected static readonly UserId Bob = new("bob");

    protected OrganizationHarness Harness { get; private set; } = null!;

    protected abstract ValueTask<OrganizationHarness> CreateAsync();

    [SetUp]
    public async Task CreateHarnessAsync() => Harness = await CreateAsync();

    [TearDown]
    public async Task DisposeHarnessAsync() => await Harness.DisposeAsync();
}
