using TwoFactor.Accounts;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Sample.Web.Services.PendingSignIns;
using TwoFactor.Sample.Web.Services.Sessions;
using TwoFactor.SignIn;

namespace TwoFactor.Sample.Web.Services.SignIns;

/// <summary>Ends a sign-in that waited for the set-up of an authenticator.</summary>
public sealed class SetupCompletion(SignInService signIn, UserDirectory users)
{
    /// <summary>True when the user is signed in; false when the attempt has ended meanwhile: the authenticator is set up, and the user starts over.</summary>
    public async Task<bool> CompleteAsync(HttpContext context, PendingSignIn pending, Proof proof, CancellationToken cancellationToken)
    {
        var result = await signIn.CompleteEnrollmentAsync(pending.Challenge, proof, cancellationToken);
        // With an authenticator the activation is complete, whether or not this attempt still stands.
        await users.MarkActivatedAsync(pending.UserId, cancellationToken);
        if (result is not VerifySignInResult.SignedIn signedIn)
        {
            await PendingSignInCookie.ClearAsync(context);
            return false;
        }

        var session = UserSession.Of(pending.Name, pending.Email, signedIn.Proof) with { Method = pending.Method, Client = pending.Client };
        await SessionCookie.WriteAsync(context, session);
        // The page that shows the codes is the session's first: its forms belong to it.
        context.User = session.ToPrincipal();
        return true;
    }
}
