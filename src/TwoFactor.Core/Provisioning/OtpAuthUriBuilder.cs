using TwoFactor.Otp;

namespace TwoFactor.Provisioning;

/// <summary>
/// Writes otpauth URIs in the one form that all apps read: lower-case scheme and type, <c>Issuer:Account</c> with a literal colon and the
/// same <c>issuer</c> parameter (Microsoft Authenticator reads the prefix alone), every component escaped by RFC 3986, the secret in upper
/// case without padding, defaults left out. The URI contains the secret: show it, never store or log it.
/// </summary>
public static class OtpAuthUriBuilder
{
    /// <summary>The URI of a TOTP enrolment.</summary>
    /// <param name="issuer">The service's name, see <see cref="ProvisioningLabel"/>. Do not change it later: apps tell entries apart by
    /// it.</param>
    /// <param name="account">The user's name in that service, see <see cref="ProvisioningLabel"/>.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="parameters">Algorithm, digits and period. Not every app honours other values than the defaults: see
    /// <see cref="ProvisioningWarnings"/>.</param>
    /// <param name="emitDefaults">Also write algorithm, digits and period where they are SHA-1, 6 and 30. Default false.</param>
    /// <exception cref="ArgumentException">Issuer or account are not fit, T0 is not 0, or the secret is so long that the URI exceeds
    /// <see cref="OtpAuthUri.MaxLength"/>.</exception>
    public static string BuildTotp(string issuer, string account, OtpSecret secret, TotpParameters parameters, bool emitDefaults = false)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.T0 != 0) throw new ArgumentException("An otpauth URI cannot say T0: it must be 0.", nameof(parameters));
        var names = CheckNames(issuer, account, secret);
        var parts = new UriParts(
            OtpAuthType.Totp, issuer, account, names, secret, parameters.Algorithm, parameters.Digits, parameters.PeriodSeconds, emitDefaults);
        return Build(parts, nameof(secret));
    }

    /// <summary>The URI of an HOTP token.</summary>
    /// <param name="issuer">The service's name, see <see cref="ProvisioningLabel"/>.</param>
    /// <param name="account">The user's name in that service, see <see cref="ProvisioningLabel"/>.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="counter">The first counter, 0 or more; always written. Above 2^31 - 1 some apps fail: see
    /// <see cref="ProvisioningWarnings"/>.</param>
    /// <param name="digits">Digits of a code, 6 to 8 inclusive.</param>
    /// <param name="algorithm">The hash.</param>
    /// <param name="emitDefaults">Also write algorithm and digits where they are SHA-1 and 6. Default false.</param>
    /// <exception cref="ArgumentException">Issuer or account are not fit, or the secret is so long that the URI exceeds
    /// <see cref="OtpAuthUri.MaxLength"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Counter, digits or algorithm are out of range.</exception>
    public static string BuildHotp(
        string issuer, string account, OtpSecret secret, long counter,
        int digits = 6, OtpAlgorithm algorithm = OtpAlgorithm.Sha1, bool emitDefaults = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(counter);
        // The record holds the one rule about digits and algorithms.
        var parameters = new TotpParameters { Digits = digits, Algorithm = algorithm };
        var names = CheckNames(issuer, account, secret);
        var parts = new UriParts(
            OtpAuthType.Hotp, issuer, account, names, secret, parameters.Algorithm, parameters.Digits, counter, emitDefaults);
        return Build(parts, nameof(secret));
    }

    /// <summary>The characters that the names take in the URI: the issuer twice, the account.</summary>
    private static int CheckNames(string issuer, string account, OtpSecret secret)
    {
        var length = 2 * ProvisioningLabel.Require(issuer, nameof(issuer)) + ProvisioningLabel.Require(account, nameof(account));
        ArgumentNullException.ThrowIfNull(secret);
        return length;
    }

    private static string Build(in UriParts parts, string secretName)
    {
        // Issuer and account are bounded and the rest is short: only the secret can make it too long.
        var length = parts.Length();
        if (length > OtpAuthUri.MaxLength)
            throw new ArgumentException($"The URI would have {length} characters: use a shorter secret.", secretName);
        return string.Create(length, parts, static (span, state) => state.Write(span));
    }
}
