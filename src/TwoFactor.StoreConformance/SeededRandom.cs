using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TwoFactor.StoreConformance;

/// <summary>Choices from a stated seed: SHA-256 over a counter, so that a failing case can be run again.</summary>
internal sealed class SeededRandom(int seed)
{
    private readonly byte[] _block = new byte[12];
    private long _counter;

    /// <summary>0 up to, not including, <paramref name="count"/>.</summary>
    public int Below(int count)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_block, seed);
        BinaryPrimitives.WriteInt64LittleEndian(_block.AsSpan(4), _counter++);
        return (int)(BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(_block)) % (ulong)count);
    }

    public bool Chance(int oneIn) => Below(oneIn) == 0;

    public T Of<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    public T[] Some<T>(params T[] choices) => [.. choices.Where(_ => Chance(2))];
}
