using System.Diagnostics;
using TwoFactor.Otp;

namespace TwoFactor.Provisioning;

/// <summary>
/// What an otpauth URI says (Google's key URI format, https://github.com/google/google-authenticator/wiki/Key-Uri-Format). Immutable. Owns
/// its secret: dispose it. Made by <see cref="TryParse(ReadOnlySpan{char}, out OtpAuthUri?, out OtpAuthUriError)"/>; URIs are written by
/// <see cref="OtpAuthUriBuilder"/>.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed partial class OtpAuthUri : IDisposable
{
    /// <summary>The longest text that is read, in UTF-16 units.</summary>
    public const int MaxLength = 2_048;

    /// <summary>Secrets of fewer bytes are weak: 128 bits (RFC 4226, section 4, R6).</summary>
    private const int StrongSecretLength = 16;

    private OtpAuthUri(OtpAuthType type, string? issuer, string account, string? labelIssuer, OtpSecret secret)
    {
        Type = type;
        Issuer = issuer;
        Account = account;
        LabelIssuer = labelIssuer;
        Secret = secret;
    }

    /// <summary>Time-based or counter-based.</summary>
    public OtpAuthType Type { get; }

    /// <summary>The effective issuer: the parameter when it is not empty, else the prefix of the label, else null.</summary>
    public string? Issuer { get; }

    /// <summary>The account, never blank.</summary>
    public string Account { get; }

    /// <summary>The prefix of the label, or null when it has none.</summary>
    public string? LabelIssuer { get; }

    /// <summary>
    /// The label's prefix and the issuer parameter are both there and differ, in case alone or altogether: apps then show one or the other.
    /// </summary>
    public bool HasIssuerMismatch => LabelIssuer is not null && !string.Equals(LabelIssuer, Issuer, StringComparison.Ordinal);

    /// <summary>The secret. Disposed with this object.</summary>
    public OtpSecret Secret { get; }

    /// <summary>The secret has fewer than 128 bits, as some issuers still hand out (RFC 4226, section 4, R6 asks for that many).</summary>
    public bool HasWeakSecret => Secret.Length < StrongSecretLength;

    /// <summary>The hash. SHA-1 when the URI says nothing.</summary>
    public OtpAlgorithm Algorithm { get; private init; }

    /// <summary>Digits of a code, 6 to 8. 6 when the URI says nothing.</summary>
    public int Digits { get; private init; }

    /// <summary>TOTP: the period in seconds, 1 or more; 30 when the URI says nothing. HOTP: null.</summary>
    public int? Period { get; private init; }

    /// <summary>HOTP: the counter, 0 or more. TOTP: null.</summary>
    public long? Counter { get; private init; }

    /// <summary>The parameters of a TOTP URI, in the form <see cref="Totp"/> takes.</summary>
    /// <exception cref="InvalidOperationException">The URI is HOTP.</exception>
    public TotpParameters ToTotpParameters() => Period is { } period
        ? new TotpParameters { Algorithm = Algorithm, Digits = Digits, PeriodSeconds = period }
        : throw new InvalidOperationException("An HOTP URI has no period: check Type first.");

    /// <summary>Type, issuer and account; nothing of the secret.</summary>
    public override string ToString() => $"OtpAuthUri ({Type}, issuer {Issuer ?? "none"}, account {Account}, secret redacted)";

    /// <summary>Zeroes the secret.</summary>
    public void Dispose() => Secret.Dispose();
}
