using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TwoFactor.Cryptography.Argon2;

/// <summary>Fills one segment, the part of one lane in one slice (RFC 9106 section 3.2 steps 5 and 6, section 3.4.1.3).</summary>
internal static unsafe class SegmentFiller<TKernel> where TKernel : struct, IArgon2Kernel
{
    private const int Alignment = 64;
    private const int AlignmentWords = Alignment / sizeof(ulong);

    /// <summary>Fills the segment of <paramref name="lane"/> in <paramref name="slice"/> of <paramref name="pass"/>.</summary>
    public static void Fill(in MemoryLayout layout, uint pass, uint slice, uint lane)
    {
        // The first two blocks of a lane are made from H0.
        var first = pass == 0 && slice == 0 ? 2U : 0U;
        var window = new ReferenceWindow(layout, pass, slice, lane);

        // Argon2id: the first half of the first pass goes by addresses that no secret decides, the rest by the data.
        if (pass == 0 && slice < MemoryLayout.Slices / 2) FillByAddresses(layout, window, pass, slice, lane, first);
        else FillByData(layout, &window, pass, slice, lane);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillByAddresses(in MemoryLayout layout, in ReferenceWindow window, uint pass, uint slice, uint lane, uint first)
    {
        var memory = stackalloc ulong[(5 * MemoryLayout.BlockWords) + AlignmentWords];
        var blocks = Align(memory);
        var scratch = blocks + (4 * MemoryLayout.BlockWords);
        var addresses = new AddressGenerator<TKernel>(blocks, scratch, layout, pass, lane, slice);
        addresses.Advance();

        var next = layout.Block(lane, (slice * layout.SegmentLength) + first);
        var previous = Previous(layout, slice, lane, first);
        var reference = window.Locate(addresses[first], first);
        for (var index = first; index < layout.SegmentLength; index++)
        {
            var current = reference;
            var following = index + 1;
            if (following < layout.SegmentLength)
            {
                if (following % MemoryLayout.BlockWords == 0) addresses.Advance();
                reference = window.Locate(addresses[following], following);
                UpcomingReference.Prefetch(reference);
            }

            TKernel.Compress(previous, current, next, scratch, accumulate: false, UpcomingReference.None);
            previous = next;
            next += MemoryLayout.BlockWords;
        }

        NativeMemory.Clear(scratch, MemoryLayout.BlockBytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillByData(in MemoryLayout layout, ReferenceWindow* window, uint pass, uint slice, uint lane)
    {
        var memory = stackalloc ulong[MemoryLayout.BlockWords + AlignmentWords];
        var scratch = Align(memory);
        var next = layout.Block(lane, slice * layout.SegmentLength);
        var previous = Previous(layout, slice, lane, 0);
        for (uint index = 0; index < layout.SegmentLength; index++)
        {
            var following = index + 1;
            var upcoming = following < layout.SegmentLength ? new UpcomingReference(window, following) : UpcomingReference.None;
            TKernel.Compress(previous, window->Locate(previous[0], index), next, scratch, accumulate: pass > 0, upcoming);
            previous = next;
            next += MemoryLayout.BlockWords;
        }

        NativeMemory.Clear(scratch, MemoryLayout.BlockBytes);
    }

    // The block before the first of a lane is the last of the lane.
    private static ulong* Previous(in MemoryLayout layout, uint slice, uint lane, uint index)
    {
        var column = (slice * layout.SegmentLength) + index;
        return layout.Block(lane, column == 0 ? layout.LaneLength - 1 : column - 1);
    }

    private static ulong* Align(ulong* memory) => (ulong*)(((nuint)memory + Alignment - 1) & ~(nuint)(Alignment - 1));
}
