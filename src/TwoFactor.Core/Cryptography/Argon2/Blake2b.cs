using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace TwoFactor.Cryptography.Argon2;

/// <summary>
/// BLAKE2b without a key (RFC 7693), with 1 to 64 bytes of output: the hash <c>H</c> of RFC 9106. The platform has none.
/// </summary>
internal ref struct Blake2b
{
    public const int MaxOutput = 64;
    private const int BlockBytes = 128;

    // RFC 7693 section 2.6: the initialisation vector, shared with SHA-512.
    private static readonly ulong[] s_initialValues =
    [
        0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
        0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179,
    ];

    // RFC 7693 section 2.7: the message schedule; rounds 10 and 11 repeat 0 and 1.
    private static ReadOnlySpan<byte> Schedule =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3,
        11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4,
        7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8,
        9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13,
        2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9,
        12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11,
        13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10,
        6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5,
        10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0,
    ];

    private readonly int _outputLength;
    private State _state;
    private Buffer _buffer;
    private int _buffered;
    private ulong _total;

    public Blake2b(int outputLength)
    {
        _outputLength = outputLength;
        s_initialValues.CopyTo((Span<ulong>)_state);
        _state[0] ^= 0x01010000UL ^ (uint)outputLength;
    }

    public void AppendUInt32(uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        Append(bytes);
    }

    public void Append(scoped ReadOnlySpan<byte> data)
    {
        Span<byte> buffer = _buffer;
        while (!data.IsEmpty)
        {
            // The last block is compressed by Finish with its flag, so a full buffer waits until more arrives.
            if (_buffered == BlockBytes)
            {
                _total += BlockBytes;
                Compress(buffer, last: false);
                _buffered = 0;
            }

            var taken = Math.Min(BlockBytes - _buffered, data.Length);
            data[..taken].CopyTo(buffer[_buffered..]);
            _buffered += taken;
            data = data[taken..];
        }
    }

    /// <summary>Writes the digest and wipes the state.</summary>
    public void Finish(scoped Span<byte> output)
    {
        Span<byte> buffer = _buffer;
        buffer[_buffered..].Clear();
        _total += (uint)_buffered;
        Compress(buffer, last: true);

        Span<byte> digest = stackalloc byte[MaxOutput];
        for (var i = 0; i < 8; i++) BinaryPrimitives.WriteUInt64LittleEndian(digest[(i * 8)..], _state[i]);
        digest[.._outputLength].CopyTo(output);
        CryptographicOperations.ZeroMemory(digest);
        CryptographicOperations.ZeroMemory(buffer);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes((Span<ulong>)_state));
    }

    public static void Hash(ReadOnlySpan<byte> data, Span<byte> output)
    {
        var hash = new Blake2b(output.Length);
        hash.Append(data);
        hash.Finish(output);
    }

    // RFC 7693 section 3.2: the compression function F.
    private void Compress(scoped ReadOnlySpan<byte> block, bool last)
    {
        Span<ulong> m = stackalloc ulong[16];
        Span<ulong> v = stackalloc ulong[16];
        for (var i = 0; i < 16; i++) m[i] = BinaryPrimitives.ReadUInt64LittleEndian(block[(i * 8)..]);
        ((ReadOnlySpan<ulong>)_state).CopyTo(v);
        s_initialValues.CopyTo(v[8..]);
        v[12] ^= _total;
        if (last) v[14] = ~v[14];

        for (var round = 0; round < 12; round++)
        {
            var s = Schedule.Slice(round % 10 * 16, 16);
            Mix(v, 0, 4, 8, 12, m[s[0]], m[s[1]]);
            Mix(v, 1, 5, 9, 13, m[s[2]], m[s[3]]);
            Mix(v, 2, 6, 10, 14, m[s[4]], m[s[5]]);
            Mix(v, 3, 7, 11, 15, m[s[6]], m[s[7]]);
            Mix(v, 0, 5, 10, 15, m[s[8]], m[s[9]]);
            Mix(v, 1, 6, 11, 12, m[s[10]], m[s[11]]);
            Mix(v, 2, 7, 8, 13, m[s[12]], m[s[13]]);
            Mix(v, 3, 4, 9, 14, m[s[14]], m[s[15]]);
        }

        for (var i = 0; i < 8; i++) _state[i] ^= v[i] ^ v[i + 8];
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(m));
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(v));
    }

    // RFC 7693 section 3.1: the mixing function G.
    private static void Mix(Span<ulong> v, int a, int b, int c, int d, ulong x, ulong y)
    {
        v[a] += v[b] + x;
        v[d] = BitOperations.RotateRight(v[d] ^ v[a], 32);
        v[c] += v[d];
        v[b] = BitOperations.RotateRight(v[b] ^ v[c], 24);
        v[a] += v[b] + y;
        v[d] = BitOperations.RotateRight(v[d] ^ v[a], 16);
        v[c] += v[d];
        v[b] = BitOperations.RotateRight(v[b] ^ v[c], 63);
    }

    [InlineArray(8)]
    private struct State
    {
        private ulong _first;
    }

    [InlineArray(BlockBytes)]
    private struct Buffer
    {
        private byte _first;
    }
}
