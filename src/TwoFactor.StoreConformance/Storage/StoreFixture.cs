using NUnit.Framework;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>Runs each check on a fresh store.</summary>
[TestFixture]
public abstract class StoreFixture
{
    protected abstract ValueTask<StoreHarness> CreateAsync();

    protected async Task RunAsync(Func<StoreHarness, Task> check)
    {
        await using var harness = await CreateAsync();
        await check(harness);
    }
}
