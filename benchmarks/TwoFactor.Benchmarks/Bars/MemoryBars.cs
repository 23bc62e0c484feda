using TwoFactor.Benchmarks.Scenarios;

namespace TwoFactor.Benchmarks.Bars;

/// <summary>The bytes of a whole sign-in in memory by themselves: a count, which needs no quiet machine. The sign-in group has them too.</summary>
internal static class MemoryBars
{
    public static async Task<Bar[]> MeasureAsync()
    {
        await using var memory = await SignInHost.CreateAsync();
        return [Bar.AtMost("sign-in-memory-bytes", Allocations.PerCall(() => memory.SignInAsync().AsTask().Wait()), 2_048)];
    }
}
