using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using TwoFactor.Benchmarks.Scenarios;

namespace TwoFactor.Benchmarks.Floors;

/// <summary>The base library's one-shot HMAC-SHA-1 of a counter.</summary>
[SuppressMessage("Security", "CA5350", Justification = "RFC 4226 is HMAC-SHA-1.")]
internal static class PlatformHmac
{
    private static readonly byte[] Key = Inputs.Key;

    public static int One()
    {
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        return HMACSHA1.HashData(Key, Inputs.Message, hash) + hash[0];
    }

    /// <summary>What a verification of one step each way needs.</summary>
    public static int Three() => One() + One() + One();
}
