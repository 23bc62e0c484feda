using TwoFactor.Accounts;
using TwoFactor.Enrollment;

namespace TwoFactor.AspNetCore.Identity;

/// <summary>An authenticator that is shown on a page and waits for its first code.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="EnrollmentId">Names the enrolment when it is confirmed.</param>
/// <param name="Key">The seed in Base32, without spaces.</param>
/// <param name="ExpiresAt">When the offer ends.</param>
internal sealed record PendingAuthenticator(UserId UserId, EnrollmentId EnrollmentId, string Key, DateTimeOffset ExpiresAt)
{
    public static PendingAuthenticator Of(UserId user, EnrollmentOffer offer) =>
        new(user, offer.EnrollmentId, offer.ManualKey.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant(), offer.ExpiresAt);

    /// <summary>The id alone.</summary>
    public override string ToString() => $"PendingAuthenticator {EnrollmentId} (redacted)";
}
