using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace TwoFactor.Accounts;

/// <summary>
/// Names one enrolment of one authenticator: 128 random bits, never reused. A pending enrolment is confirmed under its id only, and the
/// id is part of what a stored seed is bound to.
/// </summary>
/// <param name="Value">The bits.</param>
[JsonConverter(typeof(EnrollmentIdJsonConverter))]
public readonly record struct EnrollmentId(Guid Value)
{
    /// <summary>A new random id.</summary>
    public static EnrollmentId New()
    {
        Span<byte> bits = stackalloc byte[16];
        RandomNumberGenerator.Fill(bits);
        return new EnrollmentId(new Guid(bits));
    }

    /// <summary>Reads what <see cref="ToString"/> wrote; false for anything else.</summary>
    public static bool TryParse(string? text, out EnrollmentId id)
    {
        var parsed = Guid.TryParseExact(text, "N", out var value);
        id = parsed ? new EnrollmentId(value) : default;
        return parsed;
    }

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("N");
}
