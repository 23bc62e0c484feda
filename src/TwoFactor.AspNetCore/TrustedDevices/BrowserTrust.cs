using Microsoft.AspNetCore.Http;
using TwoFactor.Accounts;
using TwoFactor.SignIn;

namespace TwoFactor.AspNetCore.TrustedDevices;

#pragma warning disable CA1822
internal sealed class BrowserTrust(TrustCookies cookies)
{
    public SignInRequest Present(HttpContext context, SignInRequest request) => request;

    public ValueTask<VerifySignInResult> VerifyAsync(SignInService signIn, HttpContext context, ChallengeToken challenge, MfaFactorType factor, string code, bool trust, CancellationToken ct) =>
        signIn.VerifyAsync(challenge, factor, code, ct);

    public DateTimeOffset? Keep(HttpContext context, VerifySignInResult.SignedIn signedIn) => null;

    public void Forget(HttpContext context, UserId user, BeginSignInResult.ChallengeRequired challenge) { }

    public void Forget(HttpContext context, UserId user) => cookies.Delete(context, user);
}
