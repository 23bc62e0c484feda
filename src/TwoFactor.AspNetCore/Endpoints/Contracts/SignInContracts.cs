using TwoFactor.AspNetCore.PendingSignIns;
using TwoFactor.AspNetCore.SignIn;

namespace TwoFactor.AspNetCore.Endpoints.Contracts;

/// <summary>A code for a sign-in that waits for it.</summary>
public sealed record VerifySignInRequest
{
    /// <summary><c>totp</c> or <c>backup_code</c>.</summary>
    public required string Factor { get; init; }

    /// <summary>The code as typed.</summary>
    public required string Code { get; init; }

    /// <summary>True when the user wants this browser to be trusted; without effect where policy trusts none.</summary>
    public bool TrustDevice { get; set; }

    /// <summary>The factor alone.</summary>
    public override string ToString() => $"VerifySignInRequest by {Factor} (redacted)";
}

/// <summary>A code inside a session.</summary>
public sealed record StepUpRequest
{
    /// <summary><c>totp</c> or <c>backup_code</c>.</summary>
    public required string Factor { get; init; }

    /// <summary>The code as typed.</summary>
    public required string Code { get; init; }

    /// <summary>The factor alone.</summary>
    public override string ToString() => $"StepUpRequest by {Factor} (redacted)";
}

/// <summary>A sign-in that has passed the first factor and waits.</summary>
public sealed record PendingSignInResponse
{
    /// <summary>What it waits for: <c>code</c> or <c>enrollment</c>.</summary>
    public required string WaitsFor { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>How many wrong codes are borne; 0 when it waits for a set-up.</summary>
    public required int AttemptsLeft { get; init; }

    /// <summary>True when the user still has a backup code.</summary>
    public required bool HasBackupCodes { get; init; }

    /// <summary>For how many days this browser may be trusted: show the checkbox. Null: show none.</summary>
    public required int? TrustDays { get; init; }

    /// <summary>Since when the grace is over, when it waits for a set-up; otherwise null.</summary>
    public required DateTimeOffset? Deadline { get; init; }

    internal static PendingSignInResponse Of(PendingSignIn pending) => new()
    {
        WaitsFor = pending.NeedsSetup ? "enrollment" : "code",
        ExpiresAt = pending.ExpiresAt,
        AttemptsLeft = pending.AttemptsLeft,
        HasBackupCodes = pending.HasBackupCodes,
        TrustDays = pending.TrustOfferDays,
        Deadline = pending.Deadline,
    };
}

/// <summary>The user is signed in. Antiforgery tokens from before are nobody's: get a new one.</summary>
public sealed record SignedInResponse
{
    /// <summary>Where the user wanted to go: a path on this site.</summary>
    public required string ReturnUrl { get; init; }

    /// <summary>How many backup codes are left.</summary>
    public required int BackupCodesLeft { get; init; }

    /// <summary>How many steps the device's clock was off; 0 for a backup code.</summary>
    public required int ClockOffsetSteps { get; init; }

    /// <summary>Until when this browser is trusted; null when it is not.</summary>
    public required DateTimeOffset? TrustedUntil { get; init; }

    internal static SignedInResponse Of(WebVerifyResult.SignedIn signedIn) => new()
    {
        ReturnUrl = signedIn.ReturnUrl,
        BackupCodesLeft = signedIn.BackupCodesLeft,
        ClockOffsetSteps = signedIn.ClockOffset,
        TrustedUntil = signedIn.TrustedUntil,
    };
}

/// <summary>The session has a fresh proof.</summary>
/// <param name="Proof">What was passed, and when.</param>
/// <param name="BackupCodesLeft">How many backup codes are left.</param>
public sealed record SteppedUpResponse(ProofResponse Proof, int BackupCodesLeft);

/// <summary>An antiforgery token for the caller as he is now: send it back in the header with every call that changes something.</summary>
/// <param name="HeaderName">The header.</param>
/// <param name="Token">The token.</param>
public sealed record AntiforgeryResponse(string HeaderName, string Token);

/// <summary>Nothing needs to be said: no body, or <c>{}</c>.</summary>
public sealed record NothingRequest;
