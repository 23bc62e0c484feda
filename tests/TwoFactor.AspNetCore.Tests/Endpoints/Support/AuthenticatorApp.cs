using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace TwoFactor.AspNetCore.Tests.Endpoints.Support;

/// <summary>A phone, written from RFC 4226, 5.3 and RFC 6238, 4 alone, so that it shares no mistake with the library.</summary>
internal sealed class AuthenticatorApp
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private readonly byte[] _seed;

    private AuthenticatorApp(byte[] seed) => _seed = seed;

    /// <summary>The user types the manual key.</summary>
    public static AuthenticatorApp Type(string manualKey)
    {
        var symbols = manualKey.Where(c => c != ' ').Select(c => Base32.IndexOf(char.ToUpperInvariant(c), StringComparison.Ordinal)).ToArray();
        var bits = symbols.Aggregate(BigInteger.Zero, (number, symbol) => (number << 5) | symbol) >> (symbols.Length * 5 % 8);
        var bytes = bits.ToByteArray(isUnsigned: true, isBigEndian: true);
        var seed = new byte[symbols.Length * 5 / 8];
        bytes.CopyTo(seed, seed.Length - bytes.Length);
        return new AuthenticatorApp(seed);
    }

    /// <summary>The seed in hexadecimal digits, for <c>oathtool</c>.</summary>
    public string SeedInHex => Convert.ToHexString(_seed);

    public string CodeAt(DateTimeOffset moment) => CodeOf(moment.ToUnixTimeSeconds() / 30);

    /// <summary>A code of the right form that no step within an hour has.</summary>
    public string WrongCodeAt(DateTimeOffset moment)
    {
        var step = moment.ToUnixTimeSeconds() / 30;
        var near = Enumerable.Range(-120, 241).Select(i => CodeOf(step + i)).ToHashSet();
        return Enumerable.Range(0, 1000).Select(i => i.ToString("D6", CultureInfo.InvariantCulture)).First(code => !near.Contains(code));
    }

    private string CodeOf(long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // RFC 6238's default is HMAC-SHA-1.
        var hash = HMACSHA1.HashData(_seed, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15, 4)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
