namespace TwoFactor.Cryptography.Argon2;

/// <summary>Fills the segments of a slice: its lanes do not refer to each other there (RFC 9106 section 3.4), so they may go side by side.</summary>
internal static class LaneScheduler
{
    public static void FillSlice<TKernel>(in MemoryLayout layout, uint pass, uint slice) where TKernel : struct, IArgon2Kernel
    {
        for (uint lane = 0; lane < layout.Lanes; lane++) SegmentFiller<TKernel>.Fill(layout, pass, slice, lane);
    }
}
