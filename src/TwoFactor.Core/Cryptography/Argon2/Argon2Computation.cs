using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace TwoFactor.Cryptography.Argon2;

/// <summary>The Argon2 operation (RFC 9106 section 3.2) over given memory.</summary>
internal static unsafe class Argon2Computation
{
    private const uint Version = 0x13;
    private const uint TypeArgon2id = 2;
    private const int H0Bytes = 64;

    /// <summary>Computes the tag. The memory is left as the computation leaves it: who lent it wipes it.</summary>
    public static void Run(in Argon2Inputs inputs, Argon2Arena arena, Argon2Kernel kernel, Span<byte> tag, CancellationToken ct)
    {
        Run(inputs, arena.Memory(inputs.Parameters.MemoryKiB), kernel, tag, ct);
        GC.KeepAlive(arena);
    }

    /// <summary>The same in <c>m'</c> KiB at <paramref name="memory"/>, 64-byte aligned; what stands there does not matter.</summary>
    internal static void Run(in Argon2Inputs inputs, ulong* memory, Argon2Kernel kernel, Span<byte> tag, CancellationToken ct)
    {
        Argon2Metrics.Hashes.Add(1);
        tag.Clear();
        var layout = new MemoryLayout(memory, inputs.Parameters);
        switch (kernel)
        {
            case Argon2Kernel.Vector512: Run<Vector512Kernel>(inputs, layout, tag, ct); break;
            case Argon2Kernel.Vector256: Run<Vector256Kernel>(inputs, layout, tag, ct); break;
            default: Run<ScalarKernel>(inputs, layout, tag, ct); break;
        }
    }

    private static void Run<TKernel>(in Argon2Inputs inputs, in MemoryLayout layout, Span<byte> tag, CancellationToken ct)
        where TKernel : struct, IArgon2Kernel
    {
        Begin<TKernel>(inputs, layout);
        for (uint pass = 0; pass < layout.Passes; pass++)
        {
            for (uint slice = 0; slice < MemoryLayout.Slices; slice++)
            {
                ct.ThrowIfCancellationRequested();
                LaneScheduler.FillSlice<TKernel>(layout, pass, slice);
            }
        }

        ct.ThrowIfCancellationRequested();
        Finish<TKernel>(layout, tag);
    }

    // Steps 1, 3 and 4: H0, and from it the first two blocks of every lane.
    private static void Begin<TKernel>(in Argon2Inputs inputs, in MemoryLayout layout) where TKernel : struct, IArgon2Kernel
    {
        Span<byte> seed = stackalloc byte[H0Bytes + 8];
        Span<byte> block = stackalloc byte[MemoryLayout.BlockBytes];
        ComputeH0(inputs, seed);
        for (uint lane = 0; lane < layout.Lanes; lane++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(seed[(H0Bytes + 4)..], lane);
            for (uint column = 0; column < 2; column++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(seed[H0Bytes..], column);
                VariableLengthHash.Compute(seed, block);
                var target = layout.Block(lane, column);
                for (var word = 0; word < MemoryLayout.BlockWords; word++)
                {
                    target[TKernel.PlaceOf(word)] = BinaryPrimitives.ReadUInt64LittleEndian(block[(word * 8)..]);
                }
            }
        }

        CryptographicOperations.ZeroMemory(seed);
        CryptographicOperations.ZeroMemory(block);
    }

    private static void ComputeH0(in Argon2Inputs inputs, Span<byte> h0)
    {
        var hash = new Blake2b(H0Bytes);
        hash.AppendUInt32((uint)inputs.Parameters.Parallelism);
        hash.AppendUInt32((uint)inputs.Parameters.TagLength);
        hash.AppendUInt32((uint)inputs.Parameters.MemoryKiB);
        hash.AppendUInt32((uint)inputs.Parameters.Iterations);
        hash.AppendUInt32(Version);
        hash.AppendUInt32(TypeArgon2id);
        AppendWithLength(ref hash, inputs.Password);
        AppendWithLength(ref hash, inputs.Salt);
        AppendWithLength(ref hash, inputs.Secret);
        AppendWithLength(ref hash, inputs.AssociatedData);
        hash.Finish(h0);
    }

    private static void AppendWithLength(ref Blake2b hash, ReadOnlySpan<byte> data)
    {
        hash.AppendUInt32((uint)data.Length);
        hash.Append(data);
    }

    // Steps 7 and 8: C is the XOR of the last blocks of the lanes, the tag is H'(C).
    private static void Finish<TKernel>(in MemoryLayout layout, Span<byte> tag) where TKernel : struct, IArgon2Kernel
    {
        Span<ulong> final = stackalloc ulong[MemoryLayout.BlockWords];
        Span<byte> block = stackalloc byte[MemoryLayout.BlockBytes];
        final.Clear();
        for (uint lane = 0; lane < layout.Lanes; lane++)
        {
            var last = layout.Block(lane, layout.LaneLength - 1);
            for (var word = 0; word < final.Length; word++) final[word] ^= last[TKernel.PlaceOf(word)];
        }

        for (var word = 0; word < final.Length; word++) BinaryPrimitives.WriteUInt64LittleEndian(block[(word * 8)..], final[word]);
        VariableLengthHash.Compute(block, tag);
        CryptographicOperations.ZeroMemory(block);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(final));
    }
}
