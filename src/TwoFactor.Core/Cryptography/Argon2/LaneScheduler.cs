namespace TwoFactor.Cryptography.Argon2;

/// <summary>
/// Fills the segments of a slice. Its lanes do not refer to each other there (RFC 9106 section 3.4), so they go side by side where that
/// pays.
/// </summary>
internal static class LaneScheduler
{
    /// <summary>Below this many blocks, some ten microseconds, handing a segment to another thread costs more than it gains.</summary>
    private const int WorthAThread = 128;

    public static void FillSlice<TKernel>(in MemoryLayout layout, uint pass, uint slice) where TKernel : struct, IArgon2Kernel
    {
        if (layout.Lanes > 1 && layout.SegmentLength >= WorthAThread && Environment.ProcessorCount > 1)
        {
            FillTogether<TKernel>(layout, pass, slice);
            return;
        }

        for (uint lane = 0; lane < layout.Lanes; lane++) SegmentFiller<TKernel>.Fill(layout, pass, slice, lane);
    }

    // By itself, so that one lane pays for no closure.
    private static void FillTogether<TKernel>(MemoryLayout layout, uint pass, uint slice) where TKernel : struct, IArgon2Kernel =>
        Parallel.For(0, (int)layout.Lanes, lane => SegmentFiller<TKernel>.Fill(layout, pass, slice, (uint)lane));
}
