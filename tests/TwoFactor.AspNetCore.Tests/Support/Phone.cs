using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace TwoFactor.AspNetCore.Tests.Support;

/// <summary>
/// A phone: it scans the QR code's text and shows codes. Written from RFC 4226, 5.3 and RFC 6238, 4 alone, so that it shares no mistake
/// with the library.
/// </summary>
internal sealed class Phone
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private readonly byte[] _seed;
    private readonly string _algorithm;
    private readonly int _digits;

    private Phone(byte[] seed, string algorithm, int digits, int period) => (_seed, _algorithm, _digits, Period) = (seed, algorithm, digits, period);

    /// <summary>Seconds that a code lasts.</summary>
    public int Period { get; }

    /// <summary>The seed, as a canary for tests that look for leaks.</summary>
    public ReadOnlySpan<byte> Seed => _seed;

    /// <summary>Reads the content of the QR code.</summary>
    public static Phone Scan(string otpauthUri)
    {
        var fields = new Uri(otpauthUri).Query.TrimStart('?').Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1]));
        return new Phone(
            Decode(fields["secret"]),
            fields.GetValueOrDefault("algorithm", "SHA1"),
            int.Parse(fields.GetValueOrDefault("digits", "6"), CultureInfo.InvariantCulture),
            int.Parse(fields.GetValueOrDefault("period", "30"), CultureInfo.InvariantCulture));
    }

    /// <summary>The user types the manual key instead of scanning.</summary>
    public static Phone Type(string manualKey) => new(Decode(manualKey.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant()), "SHA1", 6, 30);

    /// <summary>The code that is on the screen at <paramref name="moment"/>.</summary>
    public string CodeAt(DateTimeOffset moment) => CodeOfStep(StepAt(moment));

    /// <summary>The step of <paramref name="moment"/>.</summary>
    public long StepAt(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / Period;

    /// <summary>A code of the right form that no step within an hour of <paramref name="moment"/> has, so that it is wrong and gives no hint.</summary>
    public string WrongCodeAt(DateTimeOffset moment)
    {
        var near = Enumerable.Range(-120, 241).Select(i => CodeOfStep(StepAt(moment) + i)).ToHashSet();
        return Enumerable.Range(0, near.Count + 1).Select(i => i.ToString("D" + _digits, CultureInfo.InvariantCulture)).First(code => !near.Contains(code));
    }

    private string CodeOfStep(long step)
    {
        Span<byte> message = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(message, step);
        var hash = _algorithm switch
        {
#pragma warning disable CA5350 // SHA-1 is what the RFC and the apps use.
            "SHA1" => HMACSHA1.HashData(_seed, message),
#pragma warning restore CA5350
            "SHA256" => HMACSHA256.HashData(_seed, message),
            "SHA512" => HMACSHA512.HashData(_seed, message),
            _ => throw new NotSupportedException(_algorithm),
        };
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & 0x7FFF_FFFF;
        return (number % (long)Math.Pow(10, _digits)).ToString("D" + _digits, CultureInfo.InvariantCulture);
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
