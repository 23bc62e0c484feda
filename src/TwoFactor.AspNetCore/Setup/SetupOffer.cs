using TwoFactor.Accounts;
using TwoFactor.Enrollment;

namespace TwoFactor.AspNetCore.Setup;

/// <summary>
/// What is shown to the user to put into the authenticator app. It holds the seed: render it, with <c>Cache-Control: no-store</c>, and never store
/// or log it.
/// </summary>
public sealed class SetupOffer
{
    private readonly EnrollmentOffer _offer;

    internal SetupOffer(EnrollmentOffer offer, string ticket) => (_offer, Ticket) = (offer, ticket);

    /// <summary>Names the enrolment.</summary>
    public EnrollmentId EnrollmentId => _offer.EnrollmentId;

    /// <summary>The <c>otpauth://totp/</c> URI: a link for a phone, and the content of the QR code.</summary>
    public string Uri => _offer.Uri;

    /// <summary>The seed in Base32, in groups of four: for typing.</summary>
    public string ManualKey => _offer.ManualKey;

    /// <summary>The issuer that the app will show.</summary>
    public string Issuer => _offer.Issuer;

    /// <summary>The account that the app will show.</summary>
    public string AccountName => _offer.AccountName;

    /// <summary>When the offer ends.</summary>
    public DateTimeOffset ExpiresAt => _offer.ExpiresAt;

    /// <summary>
    /// The offer itself, encrypted and bound to the user: a hidden field of the form that confirms it. The server keeps no readable seed meanwhile,
    /// and after a mistyped code shows the same QR code again.
    /// </summary>
    public string Ticket { get; }

    /// <inheritdoc cref="QrCode.ToSvg"/>
    /// <param name="size">Width and height in CSS pixels. 120 to 2,000; default 240.</param>
    public string ToSvg(int size = 240) => QrCode.ToSvg(Uri, size);

    /// <inheritdoc cref="QrCode.ToPng"/>
    /// <param name="size">The greatest width and height in pixels. 120 to 2,000; default 480.</param>
    public byte[] ToPng(int size = 480) => QrCode.ToPng(Uri, size);

    /// <summary>The id alone.</summary>
    public override string ToString() => $"SetupOffer {EnrollmentId} (redacted)";
}
