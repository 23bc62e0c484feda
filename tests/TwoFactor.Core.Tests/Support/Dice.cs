using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TwoFactor.Tests.Support;

/// <summary>Numbers that follow from a seed and look random: SHA-256 in counter mode. The seed belongs in the assertion's message.</summary>
internal sealed class Dice(string seed)
{
    private readonly byte[] _seed = Encoding.UTF8.GetBytes(seed);
    private int _count;

    /// <summary>0 to <paramref name="sides"/> - 1.</summary>
    public int Roll(int sides)
    {
        Span<byte> counter = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(counter, _count++);
        return (int)(BinaryPrimitives.ReadUInt64BigEndian(HMACSHA256.HashData(_seed, counter)) % (ulong)sides);
    }
}
