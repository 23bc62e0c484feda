using TwoFactor.Otp;

namespace TwoFactor.Provisioning;

/// <summary>How otpauth URIs spell algorithms.</summary>
internal static class OtpAlgorithmNames
{
    /// <summary>The spelling of the key URI format, the only one written.</summary>
    public static string ToName(OtpAlgorithm algorithm) => algorithm switch
    {
        OtpAlgorithm.Sha256 => "SHA256",
        OtpAlgorithm.Sha512 => "SHA512",
        _ => "SHA1",
    };

    /// <summary>Also <c>SHA-256</c> and Java's <c>HmacSHA256</c>, which issuers write, in any ASCII case.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out OtpAlgorithm algorithm)
    {
        algorithm = OtpAlgorithm.Sha1;
        if (Ascii.StartsWith(text, "HMAC")) text = text["HMAC".Length..];
        if (!Ascii.StartsWith(text, "SHA")) return false;
        text = text["SHA".Length..];
        if (text.StartsWith('-')) text = text[1..];
        (algorithm, var known) = text switch
        {
            "1" => (OtpAlgorithm.Sha1, true),
            "256" => (OtpAlgorithm.Sha256, true),
            "512" => (OtpAlgorithm.Sha512, true),
            _ => (default, false),
        };
        return known;
    }
}
