using NUnit.Framework;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>Runs each check on a fresh store.</summary>
[TestFixture]
public abstract class StoreFixture
{
    /// <summary>A harness with a fresh, empty store; called for every check, in the long run several times.</summary>
    protected abstract ValueTask<StoreHarness> CreateAsync();

    /// <summary>Runs a check once.</summary>
    protected async Task RunAsync(Func<StoreHarness, Task> check)
    {
        ArgumentNullException.ThrowIfNull(check);
        await using var harness = await CreateAsync();
        await check(harness);
    }

    /// <summary>Runs a race <see cref="Soak.Repetitions"/> times, each on a fresh store.</summary>
    protected async Task RepeatAsync(Func<StoreHarness, Task> check)
    {
        for (var i = 0; i < Soak.Repetitions; i++) await RunAsync(check);
        if (Soak.IsOn) TestContext.Out.WriteLine($"repetitions: {Soak.Repetitions}");
    }
}
