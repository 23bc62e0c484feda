using NUnit.Framework;
using TwoFactor.Accounts;

namespace TwoFactor.StoreConformance.Organizations;

/// <summary>Runs each test on fresh stores.</summary>
[TestFixture]
public abstract class OrganizationFixture
{
    private protected static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private protected static readonly OrganizationId Acme = new("acme");
    private protected static readonly OrganizationId Globex = new("Globex");
    private protected static readonly UserId Alice = new("alice");
    private protected static readonly UserId Bob = new("bob");

    private protected OrganizationHarness Harness { get; private set; } = null!;

    /// <summary>A harness with fresh, empty stores; called for every test.</summary>
    protected abstract ValueTask<OrganizationHarness> CreateAsync();

    /// <summary>Opens the stores.</summary>
    [SetUp]
    public async Task CreateHarnessAsync() => Harness = await CreateAsync();

    /// <summary>Deletes them.</summary>
    [TearDown]
    public async Task DisposeHarnessAsync() => await Harness.DisposeAsync();

    /// <summary>Runs a race <see cref="Soak.Repetitions"/> times, each on fresh stores.</summary>
    private protected async Task RepeatAsync(Func<OrganizationHarness, Task> check)
    {
        await check(Harness);
        for (var i = 1; i < Soak.Repetitions; i++)
        {
            await using var harness = await CreateAsync();
            await check(harness);
        }
    }
}
