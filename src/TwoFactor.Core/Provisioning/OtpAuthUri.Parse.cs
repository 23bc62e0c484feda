using System.Diagnostics.CodeAnalysis;

namespace TwoFactor.Provisioning;

public sealed partial class OtpAuthUri
{
    private const string SchemePrefix = "otpauth://";

    /// <summary>Reads an otpauth URI strictly; see the overload with options.</summary>
    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, OtpAuthUriParseOptions, out OtpAuthUri?, out OtpAuthUriError)"/>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out OtpAuthUri? uri, out OtpAuthUriError error) =>
        TryParse(text, OtpAuthUriParseOptions.None, out uri, out error);

    /// <summary>
    /// Reads an otpauth URI. Scheme, type, parameter names and algorithm are read in any (ASCII) case; known parameters may stand once,
    /// unknown ones are ignored; escapes are decoded strictly as UTF-8 and a plus sign means itself.
    /// <para>
    /// The label: a literal colon separates issuer and account; without one, a label that begins with the issuer parameter and a colon
    /// loses that prefix; otherwise the first escaped colon separates; otherwise all of it is the account. Spaces behind the separator go.
    /// </para>
    /// </summary>
    /// <param name="text">Any text of any length. More than <see cref="MaxLength"/> characters are refused unread.</param>
    /// <param name="options">Where to be more lenient.</param>
    /// <param name="uri">What the URI says, to be disposed by the caller; null on failure.</param>
    /// <param name="error">The part that is wrong and why; <c>default</c> on success.</param>
    public static bool TryParse(
        ReadOnlySpan<char> text, OtpAuthUriParseOptions options, [NotNullWhen(true)] out OtpAuthUri? uri, out OtpAuthUriError error)
    {
        uri = null;
        error = Split(text, out var type, out var label, out var query);
        if (error.Code != OtpAuthUriErrorCode.None || !OtpAuthQuery.TryRead(query, out var parameters, out error)) return false;
        if (!OtpAuthValues.TryReadIssuer(parameters, out var issuer, out error)) return false;
        if (!OtpAuthLabel.TryRead(label, issuer, out var parts, out error)) return false;
        if (!OtpAuthValues.TryReadAlgorithm(parameters, out var algorithm, out error)) return false;
        if (!OtpAuthValues.TryReadNumber(parameters, OtpAuthUriPart.Digits, min: 6, max: 8, absent: 6, out var digits, out error))
            return false;

        long period = 0, counter = 0;
        if (type == OtpAuthType.Totp
            ? !OtpAuthValues.TryReadNumber(parameters, OtpAuthUriPart.Period, min: 1, max: int.MaxValue, absent: 30, out period, out error)
            : !OtpAuthValues.TryReadNumber(
                parameters, OtpAuthUriPart.Counter, min: 0, max: long.MaxValue, AbsentCounter(options), out counter, out error))
            return false;

        // Last, so that no failure after it has a secret to wipe.
        if (!OtpAuthValues.TryReadSecret(parameters, out var secret, out error)) return false;
        uri = new OtpAuthUri(type, issuer ?? parts.Issuer, parts.Account, parts.Issuer, secret)
        {
            Algorithm = algorithm,
            Digits = (int)digits,
            Period = type == OtpAuthType.Totp ? (int)period : null,
            Counter = type == OtpAuthType.Hotp ? counter : null,
        };
        return true;
    }

    private static OtpAuthUriError Split(
        ReadOnlySpan<char> text, out OtpAuthType type, out ReadOnlySpan<char> label, out ReadOnlySpan<char> query)
    {
        type = default;
        label = query = default;
        if (text.Length > MaxLength) return new(OtpAuthUriPart.Uri, OtpAuthUriErrorCode.TooLong);
        if (Ascii.StartsWith(text, "otpauth-migration:")) return new(OtpAuthUriPart.Scheme, OtpAuthUriErrorCode.MigrationUri);
        if (!Ascii.StartsWith(text, SchemePrefix)) return new(OtpAuthUriPart.Scheme, OtpAuthUriErrorCode.NotOtpAuth);
        if (text.Contains('#')) return new(OtpAuthUriPart.Uri, OtpAuthUriErrorCode.Fragment);

        var rest = text[SchemePrefix.Length..];
        Cut(ref rest, '?', out query);
        Cut(ref rest, '/', out label);
        // User information and port fail here: what is compared is everything between the slashes.
        if (Ascii.Is(rest, "hotp")) type = OtpAuthType.Hotp;
        else if (!Ascii.Is(rest, "totp"))
            return new(OtpAuthUriPart.Type, rest.IsEmpty ? OtpAuthUriErrorCode.Missing : OtpAuthUriErrorCode.InvalidValue);
        return default;
    }

    /// <summary>Cuts <paramref name="text"/> at the first <paramref name="separator"/>; without one the tail is empty.</summary>
    private static void Cut(scoped ref ReadOnlySpan<char> text, char separator, out ReadOnlySpan<char> tail)
    {
        var at = text.IndexOf(separator);
        tail = at < 0 ? default : text[(at + 1)..];
        if (at >= 0) text = text[..at];
    }

    private static long? AbsentCounter(OtpAuthUriParseOptions options) =>
        options.HasFlag(OtpAuthUriParseOptions.AllowMissingCounter) ? 0 : null;
}
