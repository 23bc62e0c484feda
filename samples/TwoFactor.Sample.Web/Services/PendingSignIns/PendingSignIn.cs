using System.Globalization;
using System.Security.Claims;
using TwoFactor.Accounts;
using TwoFactor.Sample.Web.Data;
using TwoFactor.SignIn;

namespace TwoFactor.Sample.Web.Services.PendingSignIns;

/// <summary>A sign-in that has passed the password and waits for a code. It opens no page but the one that asks for the code.</summary>
public sealed record PendingSignIn(
    ChallengeToken Challenge, string Name, string Email, int AttemptsLeft, bool HasBackupCodes, string? ReturnUrl)
{
    private const string ChallengeClaim = "challenge";
    private const string AttemptsClaim = "attempts";
    private const string BackupCodesClaim = "backup-codes";
    private const string ReturnUrlClaim = "return-url";

    public static PendingSignIn Of(User user, BeginSignInResult.ChallengeRequired begun, string? returnUrl) =>
        new(begun.Challenge, user.Name, user.Email, begun.AttemptsLeft, begun.HasBackupCodes, returnUrl);

    public UserId UserId => Challenge.UserId;

    public ClaimsPrincipal ToPrincipal()
    {
        var identity = new ClaimsIdentity(PendingSignInCookie.Scheme);
        identity.AddClaim(new Claim(ChallengeClaim, Challenge.Reveal()));
        identity.AddClaim(new Claim(ClaimTypes.Name, Name));
        identity.AddClaim(new Claim(ClaimTypes.Email, Email));
        identity.AddClaim(new Claim(AttemptsClaim, AttemptsLeft.ToString(CultureInfo.InvariantCulture)));
        identity.AddClaim(new Claim(BackupCodesClaim, HasBackupCodes ? "1" : "0"));
        if (ReturnUrl is not null) identity.AddClaim(new Claim(ReturnUrlClaim, ReturnUrl));
        return new ClaimsPrincipal(identity);
    }

    public static PendingSignIn? Read(ClaimsPrincipal principal)
    {
        if (!ChallengeToken.TryParse(principal.FindFirstValue(ChallengeClaim), out var challenge)) return null;
        if (!int.TryParse(principal.FindFirstValue(AttemptsClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var attempts)) return null;
        return principal.FindFirstValue(ClaimTypes.Name) is { } name && principal.FindFirstValue(ClaimTypes.Email) is { } email
            ? new PendingSignIn(challenge, name, email, attempts, principal.FindFirstValue(BackupCodesClaim) == "1", principal.FindFirstValue(ReturnUrlClaim))
            : null;
    }
}
