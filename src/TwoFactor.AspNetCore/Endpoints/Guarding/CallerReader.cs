using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using TwoFactor.AspNetCore.PendingSignIns;
using TwoFactor.AspNetCore.Problems;
using TwoFactor.AspNetCore.Sessions;

namespace TwoFactor.AspNetCore.Endpoints.Guarding;

/// <summary>Finds out who calls, from the cookies alone: the session, validated by its scheme, or the half-finished sign-in.</summary>
internal sealed class CallerReader(SessionSchemes schemes, PendingSignInCookie pendings)
{
    /// <summary>The caller, or why the endpoint does not answer.</summary>
    public async ValueTask<(Caller? Caller, TwoFactorProblem? Problem)> ReadAsync(HttpContext context, Access access)
    {
        var principal = (await context.AuthenticateAsync(schemes.Primary).ConfigureAwait(false)).Principal;
        var session = TwoFactorSession.Read(principal);
        // Antiforgery tokens are the user's: this one, whatever the default scheme of the application says.
        if (session is not null) context.User = principal!;
        var caller = access switch
        {
            Access.Session => session is null ? null : new Caller(session, null),
            Access.PendingCode => Pending(context, needsSetup: false),
            Access.PendingSetup => Pending(context, needsSetup: true),
            Access.Pending => Pending(context, needsSetup: null),
            _ => session is null ? Pending(context, needsSetup: null) : new Caller(session, null),
        };
        if (caller is not null) return (caller, null);
        return (null, new(access is Access.Session or Access.SessionOrPending ? ProblemCode.Unauthenticated : ProblemCode.NoPendingSignIn));
    }

    private Caller? Pending(HttpContext context, bool? needsSetup) =>
        pendings.Read(context) is { } pending && (needsSetup is null || pending.NeedsSetup == needsSetup) ? new Caller(null, pending) : null;
}
