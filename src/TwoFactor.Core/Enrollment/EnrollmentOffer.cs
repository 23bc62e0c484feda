using TwoFactor.Accounts;

namespace TwoFactor.Enrollment;

/// <summary>What is shown to the user once, to put into the app. It holds the seed: render it, and never store or log it.</summary>
/// <param name="EnrollmentId">Names the enrolment when it is confirmed.</param>
/// <param name="Uri">The <c>otpauth://totp/</c> URI: the content of the QR code.</param>
/// <param name="ManualKey">The seed in Base32, in groups of four: for typing.</param>
/// <param name="Issuer">The issuer that the app will show.</param>
/// <param name="AccountName">The account that the app will show.</param>
/// <param name="ExpiresAt">When the offer ends.</param>
public sealed record EnrollmentOffer(
    EnrollmentId EnrollmentId, string Uri, string ManualKey, string Issuer, string AccountName, DateTimeOffset ExpiresAt)
{
    /// <summary>The id alone.</summary>
    public override string ToString() => $"EnrollmentOffer {EnrollmentId} (redacted)";
}
