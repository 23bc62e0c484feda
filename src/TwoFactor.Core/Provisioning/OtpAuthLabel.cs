using System.Diagnostics.CodeAnalysis;

namespace TwoFactor.Provisioning;

/// <summary>
/// The label of an otpauth URI, taken apart. The rule stands at
/// <see cref="OtpAuthUri.TryParse(ReadOnlySpan{char}, OtpAuthUriParseOptions, out OtpAuthUri?, out OtpAuthUriError)"/>.
/// </summary>
internal readonly record struct OtpAuthLabel(string? Issuer, string Account)
{
    public static bool TryRead(ReadOnlySpan<char> raw, string? issuerParameter, out OtpAuthLabel label, out OtpAuthUriError error)
    {
        label = new(null, "");
        if (!TrySplit(raw, issuerParameter, out var issuer, out var account, out error)) return false;
        account = account.TrimStart(' ');
        if (string.IsNullOrWhiteSpace(account))
        {
            error = new(issuer is null ? OtpAuthUriPart.Label : OtpAuthUriPart.Account, OtpAuthUriErrorCode.Missing);
            return false;
        }

        label = new(string.IsNullOrWhiteSpace(issuer) ? null : issuer, account);
        return true;
    }

    private static bool TrySplit(
        ReadOnlySpan<char> raw, string? issuerParameter, out string? issuer, [NotNullWhen(true)] out string? account, out OtpAuthUriError error)
    {
        issuer = account = null;
        var literal = raw.IndexOf(':');
        if (literal >= 0)
            return OtpAuthValues.TryReadText(raw[..literal], OtpAuthUriPart.LabelIssuer, out issuer, out error)
                && OtpAuthValues.TryReadText(raw[(literal + 1)..], OtpAuthUriPart.Account, out account, out error);

        if (!OtpAuthValues.TryReadText(raw, OtpAuthUriPart.Label, out account, out error)) return false;

        // Every colon left is an escaped one. An issuer that contains a colon itself is known from the parameter.
        var separator = issuerParameter is not null && account.StartsWith(issuerParameter + ":", StringComparison.Ordinal)
            ? issuerParameter.Length
            : account.IndexOf(':', StringComparison.Ordinal);
        if (separator < 0) return true;
        issuer = account[..separator];
        account = account[(separator + 1)..];
        return true;
    }
}
