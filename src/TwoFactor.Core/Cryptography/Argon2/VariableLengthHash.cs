using System.Security.Cryptography;

namespace TwoFactor.Cryptography.Argon2;

/// <summary><c>H'</c>: BLAKE2b drawn out to any length (RFC 9106 section 3.3).</summary>
internal static class VariableLengthHash
{
    public static void Compute(ReadOnlySpan<byte> input, Span<byte> output)
    {
        // T <= 64: H'^T(A) = H^T(LE32(T)||A). Longer: V_1 = H^64(LE32(T)||A), then V_i = H^64(V_{i-1}); half of each is output,
        // and the last, of what remains (33 to 64 bytes), whole.
        var hash = new Blake2b(Math.Min(output.Length, Blake2b.MaxOutput));
        hash.AppendUInt32((uint)output.Length);
        hash.Append(input);
        if (output.Length <= Blake2b.MaxOutput)
        {
            hash.Finish(output);
            return;
        }

        const int half = Blake2b.MaxOutput / 2;
        Span<byte> v = stackalloc byte[Blake2b.MaxOutput];
        Span<byte> next = stackalloc byte[Blake2b.MaxOutput];
        hash.Finish(v);
        v[..half].CopyTo(output);
        output = output[half..];
        while (output.Length > Blake2b.MaxOutput)
        {
            Blake2b.Hash(v, next);
            next.CopyTo(v);
            v[..half].CopyTo(output);
            output = output[half..];
        }

        Blake2b.Hash(v, output);
        CryptographicOperations.ZeroMemory(v);
        CryptographicOperations.ZeroMemory(next);
    }
}
