namespace TwoFactor.Cryptography.Argon2;

/// <summary>The memory as a matrix of blocks: <c>p</c> lanes in four slices (RFC 9106 section 3.2 steps 2-4, section 3.4).</summary>
internal readonly unsafe struct MemoryLayout
{
    /// <summary>Bytes in a block.</summary>
    public const int BlockBytes = 1024;

    /// <summary>64-bit words in a block.</summary>
    public const int BlockWords = BlockBytes / sizeof(ulong);

    /// <summary>Slices (<c>SL</c>): where lanes wait for each other.</summary>
    public const int Slices = 4;

    public MemoryLayout(ulong* memory, Argon2Parameters parameters)
    {
        Memory = memory;
        Lanes = (uint)parameters.Parallelism;
        Passes = (uint)parameters.Iterations;
        SegmentLength = (uint)parameters.MemoryKiB / (Slices * Lanes);
        LaneLength = SegmentLength * Slices;
        BlockCount = LaneLength * Lanes;
    }

    public ulong* Memory { get; }

    /// <summary><c>p</c>.</summary>
    public uint Lanes { get; }

    /// <summary><c>t</c>.</summary>
    public uint Passes { get; }

    /// <summary>Blocks of one lane in one slice.</summary>
    public uint SegmentLength { get; }

    /// <summary><c>q</c>, the columns.</summary>
    public uint LaneLength { get; }

    /// <summary><c>m'</c>.</summary>
    public uint BlockCount { get; }

    public ulong* Block(uint lane, uint column) => Memory + ((((nuint)lane * LaneLength) + column) * BlockWords);
}
