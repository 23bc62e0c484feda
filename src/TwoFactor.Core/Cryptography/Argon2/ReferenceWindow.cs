using System.Runtime.CompilerServices;

namespace TwoFactor.Cryptography.Argon2;

/// <summary>The blocks that one segment may refer to, and the mapping from <c>J1 || J2</c> to one (RFC 9106 section 3.4.2).</summary>
internal readonly unsafe struct ReferenceWindow
{
    private readonly MemoryLayout _layout;
    private readonly uint _lane;
    private readonly uint _finished;
    private readonly uint _start;
    private readonly bool _ownLaneOnly;

    public ReferenceWindow(in MemoryLayout layout, uint pass, uint slice, uint lane)
    {
        _layout = layout;
        _lane = lane;

        // The slices that are finished in every lane: those before this one, and from the second pass on those after it too, where
        // the window then begins.
        _finished = pass == 0 ? slice * layout.SegmentLength : layout.LaneLength - layout.SegmentLength;
        _start = pass == 0 ? 0 : (slice + 1) % MemoryLayout.Slices * layout.SegmentLength;
        _ownLaneOnly = layout.Lanes == 1 || (pass == 0 && slice == 0);
    }

    /// <summary>The block that block <paramref name="index"/> of the segment refers to.</summary>
    /// <param name="random"><c>J1</c> in the low, <c>J2</c> in the high 32 bits.</param>
    /// <param name="index">The index within the segment of the block that refers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong* Locate(ulong random, uint index)
    {
        var j1 = (ulong)(uint)random;
        var lane = _ownLaneOnly ? _lane : (uint)(random >> 32) % _layout.Lanes;

        // |W|: in its own lane also what the segment has done so far, without the block just before; elsewhere the finished slices,
        // less their last block for the first block of the segment.
        var size = lane == _lane ? _finished + index - 1 : _finished - (index == 0 ? 1U : 0U);
        var x = (j1 * j1) >> 32;
        var y = (size * x) >> 32;
        var column = _start + size - 1 - (uint)y;
        if (column >= _layout.LaneLength) column -= _layout.LaneLength;
        return _layout.Block(lane, column);
    }
}
