using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace TwoFactor.Accounts;

/// <summary>Names one trusted device of one user: 128 random bits, never reused. Not a secret; the token holds that.</summary>
/// <param name="Value">The bits.</param>
[JsonConverter(typeof(TrustedDeviceIdJsonConverter))]
public readonly record struct TrustedDeviceId(Guid Value)
{
    /// <summary>A new random id.</summary>
    public static TrustedDeviceId New()
    {
        Span<byte> bits = stackalloc byte[16];
        RandomNumberGenerator.Fill(bits);
        return new TrustedDeviceId(new Guid(bits));
    }

    /// <summary>Reads what <see cref="ToString"/> wrote; false for anything else.</summary>
    public static bool TryParse(string? text, out TrustedDeviceId id)
    {
        var parsed = Guid.TryParseExact(text, "N", out var value);
        id = parsed ? new TrustedDeviceId(value) : default;
        return parsed;
    }

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("N");
}
