using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace TwoFactor.AspNetCore.Tests.Identity;

/// <summary>An authenticator app into which a key was typed. Written from RFC 4226, 5.3 and RFC 6238, 4 alone.</summary>
internal sealed class Authenticator(string key)
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private readonly byte[] _seed = Decode(key.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant());

    /// <summary>The key as it was typed, without spaces.</summary>
    public string Key { get; } = key.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>The code that is on the screen at a moment.</summary>
    public string CodeAt(DateTimeOffset moment) => CodeOfStep(moment.ToUnixTimeSeconds() / 30);

    /// <summary>A code of the right form that no step within an hour has.</summary>
    public string WrongCodeAt(DateTimeOffset moment)
    {
        var near = Enumerable.Range(-120, 241).Select(i => CodeOfStep(moment.ToUnixTimeSeconds() / 30 + i)).ToHashSet();
        return Enumerable.Range(0, 300).Select(i => i.ToString("D6", CultureInfo.InvariantCulture)).First(code => !near.Contains(code));
    }

    private string CodeOfStep(long step)
    {
        Span<byte> message = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(message, step);
#pragma warning disable CA5350 // SHA-1 is what the RFC and the apps use.
        var hash = HMACSHA1.HashData(_seed, message);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & 0x7FFF_FFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Decode(string text)
    {
        var bytes = new List<byte>();
        var (bits, count) = (0, 0);
        foreach (var symbol in text)
        {
            (bits, count) = ((bits << 5) | Base32.IndexOf(symbol, StringComparison.Ordinal), count + 5);
            if (count < 8) continue;
            count -= 8;
            bytes.Add((byte)(bits >> count));
            bits &= (1 << count) - 1;
        }

        return [.. bytes];
    }
}
