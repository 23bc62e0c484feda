using System.Globalization;
using TwoFactor.Otp;

namespace TwoFactor.Provisioning;

/// <summary>
/// What an otpauth URI consists of, measured and then written in one go. <c>NamesLength</c> counts the escaped issuer twice and the account;
/// <c>Moving</c> is the period or the counter.
/// </summary>
internal readonly record struct UriParts(
    OtpAuthType Type, string Issuer, string Account, int NamesLength, OtpSecret Secret, OtpAlgorithm Algorithm, int Digits, long Moving,
    bool EmitDefaults)
{
    private const string TotpPrefix = "otpauth://totp/", HotpPrefix = "otpauth://hotp/";

    private const string SecretName = "?secret=", IssuerName = "&issuer=", AlgorithmName = "&algorithm=", DigitsName = "&digits=",
        PeriodName = "&period=", CounterName = "&counter=";

    private string MovingName => Type == OtpAuthType.Totp ? PeriodName : CounterName;

    private bool HasAlgorithm => EmitDefaults || Algorithm != OtpAlgorithm.Sha1;

    private bool HasDigits => EmitDefaults || Digits != 6;

    private bool HasMoving => EmitDefaults || Type == OtpAuthType.Hotp || Moving != 30;

    public int Length() =>
        (Type == OtpAuthType.Totp ? TotpPrefix : HotpPrefix).Length + 1 + NamesLength
        + SecretName.Length + Secret.Base32Length + IssuerName.Length
        + (HasAlgorithm ? AlgorithmName.Length + OtpAlgorithmNames.ToName(Algorithm).Length : 0)
        + (HasDigits ? DigitsName.Length + 1 : 0)
        + (HasMoving ? MovingName.Length + DecimalLength(Moving) : 0);

    public void Write(Span<char> rest)
    {
        rest = Type == OtpAuthType.Totp ? Copy(TotpPrefix, rest) : Copy(HotpPrefix, rest);
        ReadOnlySpan<char> issuer = rest;
        rest = UriEscaper.Escape(Issuer, rest);
        issuer = issuer[..^rest.Length];
        rest = Copy(":", rest);
        rest = UriEscaper.Escape(Account, rest);
        rest = Copy(SecretName, rest);
        rest = rest[Secret.WriteBase32(rest)..];
        rest = Copy(IssuerName, rest);
        rest = Copy(issuer, rest);
        if (HasAlgorithm) rest = Copy(OtpAlgorithmNames.ToName(Algorithm), Copy(AlgorithmName, rest));
        if (HasDigits) rest = WriteNumber(Digits, Copy(DigitsName, rest));
        if (HasMoving) WriteNumber(Moving, Copy(MovingName, rest));
    }

    private static Span<char> Copy(ReadOnlySpan<char> text, Span<char> rest)
    {
        text.CopyTo(rest);
        return rest[text.Length..];
    }

    private static Span<char> WriteNumber(long number, Span<char> rest)
    {
        number.TryFormat(rest, out var written, default, CultureInfo.InvariantCulture);
        return rest[written..];
    }

    private static int DecimalLength(long number)
    {
        var length = 1;
        for (; number >= 10; number /= 10) length++;
        return length;
    }
}
