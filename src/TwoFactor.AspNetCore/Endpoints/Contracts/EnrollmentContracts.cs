using System.Collections.Immutable;
using TwoFactor.AspNetCore.Setup;

namespace TwoFactor.AspNetCore.Endpoints.Contracts;

/// <summary>What is shown to the user once, to put into the app. It holds the seed: do not store or log it.</summary>
public sealed record EnrollmentOfferResponse
{
    /// <summary>Names the enrolment.</summary>
    public required string EnrollmentId { get; init; }

    /// <summary>The offer, encrypted and bound to the user: send it back with the first code, or for its QR code.</summary>
    public required string Ticket { get; init; }

    /// <summary>The <c>otpauth://totp/</c> URI: the content of the QR code, and a link that opens the app on a phone.</summary>
    public required string Uri { get; init; }

    /// <summary>The seed in Base32, in groups of four: for typing.</summary>
    public required string ManualKey { get; init; }

    /// <summary>The issuer that the app will show.</summary>
    public required string Issuer { get; init; }

    /// <summary>The account that the app will show.</summary>
    public required string AccountName { get; init; }

    /// <summary>When the offer ends.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    internal static EnrollmentOfferResponse Of(SetupOffer offer) => new()
    {
        EnrollmentId = offer.EnrollmentId.ToString(),
        Ticket = offer.Ticket,
        Uri = offer.Uri,
        ManualKey = offer.ManualKey,
        Issuer = offer.Issuer,
        AccountName = offer.AccountName,
        ExpiresAt = offer.ExpiresAt,
    };

    /// <summary>The id alone.</summary>
    public override string ToString() => $"EnrollmentOfferResponse {EnrollmentId} (redacted)";
}

/// <summary>The first code of a new authenticator.</summary>
public sealed record ConfirmEnrollmentRequest
{
    /// <summary>From the offer.</summary>
    public required string Ticket { get; init; }

    /// <summary>The code as typed.</summary>
    public required string Code { get; init; }

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "ConfirmEnrollmentRequest (redacted)";
}

/// <summary>The authenticator is active.</summary>
public sealed record EnrollmentConfirmedResponse
{
    /// <summary>The backup codes, shown once: nothing can return them again.</summary>
    public required ImmutableArray<string> BackupCodes { get; init; }

    /// <summary>How many steps the device's clock was off.</summary>
    public required int ClockOffsetSteps { get; init; }

    /// <summary>
    /// True when the user is signed in, with a fresh proof. False when the sign-in that asked for the set-up has ended meanwhile: it is to be started over.
    /// </summary>
    public required bool SignedIn { get; init; }

    /// <summary>After a sign-in, where the user wanted to go: a path on this site.</summary>
    public required string ReturnUrl { get; init; }

    internal static EnrollmentConfirmedResponse Of(ConfirmSetupResult.Confirmed confirmed) => new()
    {
        BackupCodes = confirmed.BackupCodes,
        ClockOffsetSteps = confirmed.ClockOffset,
        SignedIn = confirmed.Session is not null,
        ReturnUrl = confirmed.ReturnUrl,
    };

    /// <summary>The number of codes alone.</summary>
    public override string ToString() => $"EnrollmentConfirmedResponse of {BackupCodes.Length} codes (redacted)";
}

/// <summary>Draws the QR code of an offer.</summary>
public sealed record QrCodeRequest
{
    /// <summary>From the offer.</summary>
    public required string Ticket { get; init; }

    /// <summary><c>svg</c> (the default) or <c>png</c>.</summary>
    public string Format { get; set; } = "svg";

    /// <summary>Width and height in pixels: 100 to 2,000; default 240.</summary>
    public int Size { get; set; } = 240;

    /// <summary>The format alone.</summary>
    public override string ToString() => $"QrCodeRequest {Format} (redacted)";
}

/// <summary>How the caller's backup codes stand.</summary>
/// <param name="Left">How many are left.</param>
/// <param name="GeneratedAt">When they were made; null when there are none.</param>
public sealed record BackupCodeStatusResponse(int Left, DateTimeOffset? GeneratedAt);

/// <summary>New backup codes; all earlier ones are dead.</summary>
/// <param name="BackupCodes">The codes, shown once: nothing can return them again.</param>
public sealed record BackupCodesResponse(ImmutableArray<string> BackupCodes)
{
    /// <summary>The number of codes alone.</summary>
    public override string ToString() => $"BackupCodesResponse of {BackupCodes.Length} codes (redacted)";
}

/// <summary>The authenticator is gone, and every session with it. The app does not know.</summary>
public sealed record UnregisteredResponse
{
    /// <summary>The issuer that the app still shows.</summary>
    public required string Issuer { get; init; }

    /// <summary>The account that the app still shows.</summary>
    public required string AccountName { get; init; }

    /// <summary>Tells the user, in his language, to delete the entry.</summary>
    public required string Message { get; init; }
}
