using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using TwoFactor.Accounts;
using TwoFactor.SignIn;

namespace TwoFactor.AspNetCore.Identity;

/// <summary>
/// A sign-in between its two factors: Identity's cookie for it, with the challenge inside. The cookie is encrypted by Identity's scheme, ends with
/// the challenge, and names the user by the challenge alone, so that user and challenge cannot be mixed.
/// </summary>
/// <param name="Challenge">What the code must be given with.</param>
/// <param name="LoginProvider">The external provider that the first factor came from; null for a password.</param>
/// <param name="Client">What the user signs in with.</param>
/// <param name="IsForEnrollment">True when an authenticator must be set up.</param>
internal sealed record TwoFactorAttempt(ChallengeToken Challenge, string? LoginProvider, ClientKind Client, bool IsForEnrollment)
{
    private const string ChallengeClaim = "TwoFactor.Challenge";
    private const string ClientClaim = "TwoFactor.Client";
    private const string EnrollmentClaim = "TwoFactor.Enrollment";

    public async Task WriteAsync(HttpContext context, DateTimeOffset expires)
    {
        var identity = new ClaimsIdentity(IdentityConstants.TwoFactorUserIdScheme);
        identity.AddClaim(new Claim(ClaimTypes.Name, Challenge.UserId.Value));
        identity.AddClaim(new Claim(ChallengeClaim, Challenge.Reveal()));
        identity.AddClaim(new Claim(ClientClaim, Client.ToString()));
        if (LoginProvider is not null) identity.AddClaim(new Claim(ClaimTypes.AuthenticationMethod, LoginProvider));
        if (IsForEnrollment) identity.AddClaim(new Claim(EnrollmentClaim, "true"));
        await context.SignInAsync(
            IdentityConstants.TwoFactorUserIdScheme, new ClaimsPrincipal(identity), new AuthenticationProperties { ExpiresUtc = expires }).ConfigureAwait(false);
    }

    public static async Task<TwoFactorAttempt?> ReadAsync(HttpContext context)
    {
        var result = await context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme).ConfigureAwait(false);
        if (result.Principal is not { } principal || !ChallengeToken.TryParse(principal.FindFirst(ChallengeClaim)?.Value, out var challenge)) return null;
        var client = Enum.TryParse<ClientKind>(principal.FindFirst(ClientClaim)?.Value, out var named) && Enum.IsDefined(named) ? named : ClientKind.Browser;
        return new TwoFactorAttempt(
            challenge, principal.FindFirst(ClaimTypes.AuthenticationMethod)?.Value, client, principal.FindFirst(EnrollmentClaim) is not null);
    }
}
