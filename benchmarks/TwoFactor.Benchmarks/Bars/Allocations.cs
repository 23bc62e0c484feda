namespace TwoFactor.Benchmarks.Bars;

/// <summary>Bytes allocated by the managed heap.</summary>
internal static class Allocations
{
    /// <summary>Bytes a call, on this thread: for work that completes synchronously.</summary>
    public static double PerCall(Action work, int calls = 1_000)
    {
        for (var i = 0; i < calls; i++) work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < calls; i++) work();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)calls;
    }
}
