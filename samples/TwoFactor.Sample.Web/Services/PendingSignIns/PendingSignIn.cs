using System.Globalization;
using System.Security.Claims;
using TwoFactor.Accounts;
using TwoFactor.Sample.Web.Data;
using TwoFactor.SignIn;

namespace TwoFactor.Sample.Web.Services.PendingSignIns;

/// <summary>
/// A sign-in that has passed the first factor and waits for a code, or for the set-up of an authenticator. It opens no page but the one
/// that asks for it.
/// </summary>
public sealed record PendingSignIn(ChallengeToken Challenge, string Name, string Email, SignInMethodKind Method, ClientKind Client, string? ReturnUrl)
{
    private const string ChallengeClaim = "challenge";
    private const string MethodClaim = "method";
    private const string ClientClaim = "client";
    private const string AttemptsClaim = "attempts";
    private const string BackupCodesClaim = "backup-codes";
    private const string RequiredByClaim = "required-by";
    private const string ReturnUrlClaim = "return-url";

    public int AttemptsLeft { get; init; }

    public bool HasBackupCodes { get; init; }

    /// <summary>Who requires the set-up that this sign-in waits for; null when it waits for a code.</summary>
    public string? SetupRequiredBy { get; init; }

    public static PendingSignIn Of(User user, ChallengeToken challenge, SignInMethodKind method, ClientKind client, string? returnUrl) =>
        new(challenge, user.Name, user.Email, method, client, returnUrl);

    public UserId UserId => Challenge.UserId;

    public ClaimsPrincipal ToPrincipal()
    {
        var identity = new ClaimsIdentity(PendingSignInCookie.Scheme);
        identity.AddClaim(new Claim(ChallengeClaim, Challenge.Reveal()));
        identity.AddClaim(new Claim(ClaimTypes.Name, Name));
        identity.AddClaim(new Claim(ClaimTypes.Email, Email));
        identity.AddClaim(new Claim(MethodClaim, Method.ToString()));
        identity.AddClaim(new Claim(ClientClaim, Client.ToString()));
        identity.AddClaim(new Claim(AttemptsClaim, AttemptsLeft.ToString(CultureInfo.InvariantCulture)));
        identity.AddClaim(new Claim(BackupCodesClaim, HasBackupCodes ? "1" : "0"));
        if (SetupRequiredBy is not null) identity.AddClaim(new Claim(RequiredByClaim, SetupRequiredBy));
        if (ReturnUrl is not null) identity.AddClaim(new Claim(ReturnUrlClaim, ReturnUrl));
        return new ClaimsPrincipal(identity);
    }

    public static PendingSignIn? Read(ClaimsPrincipal principal)
    {
        if (!ChallengeToken.TryParse(principal.FindFirstValue(ChallengeClaim), out var challenge)
            || !int.TryParse(principal.FindFirstValue(AttemptsClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var attempts)
            || !Enum.TryParse<SignInMethodKind>(principal.FindFirstValue(MethodClaim), out var method)
            || !Enum.TryParse<ClientKind>(principal.FindFirstValue(ClientClaim), out var client)
            || principal.FindFirstValue(ClaimTypes.Name) is not { } name
            || principal.FindFirstValue(ClaimTypes.Email) is not { } email) return null;
        return new PendingSignIn(challenge, name, email, method, client, principal.FindFirstValue(ReturnUrlClaim))
        {
            AttemptsLeft = attempts,
            HasBackupCodes = principal.FindFirstValue(BackupCodesClaim) == "1",
            SetupRequiredBy = principal.FindFirstValue(RequiredByClaim),
        };
    }
}
