using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TwoFactor.Tests.Cryptography;

/// <summary>Numbers from a stated seed: SHA-256 over a counter, so that a failing case can be run again.</summary>
internal sealed class TestRandom(int seed)
{
    private readonly byte[] _block = new byte[12];
    private long _counter;

    public int Next(int least, int most)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_block, seed);
        BinaryPrimitives.WriteInt64LittleEndian(_block.AsSpan(4), _counter++);
        var value = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(_block));
        return least + (int)(value % (ulong)((long)most - least + 1));
    }

    public byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++) bytes[i] = (byte)Next(0, 255);
        return bytes;
    }

    public string Text(int length)
    {
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        return string.Create(length, this, static (chars, random) =>
        {
            for (var i = 0; i < chars.Length; i++) chars[i] = letters[random.Next(0, letters.Length - 1)];
        });
    }
}
