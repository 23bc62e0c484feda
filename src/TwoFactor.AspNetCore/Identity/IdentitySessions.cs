using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Sessions;

namespace TwoFactor.AspNetCore.Identity;

/// <summary>The session in Identity's application cookie, which the cookie scheme has validated. Scoped.</summary>
internal sealed class IdentitySessions(IHttpContextAccessor accessor, IdentityRequestState state)
{
    /// <summary>The proof that this very request made, such as by a code that was given to the user manager.</summary>
    public Proof? ProofOfThisRequest(UserId user) => state.Proof is { } made && made.UserId == user ? made : null;

    /// <summary>The newest proof of a user: one that this request made, or else that of the session. Null without either.</summary>
    public async ValueTask<Proof?> ProofAsync(UserId user) => ProofOfThisRequest(user) ?? (await ReadAsync(user).ConfigureAwait(false))?.Proof;

    /// <summary>The session of a user, as this request found or renewed it; null when the request is nobody's or somebody else's.</summary>
    public async ValueTask<TwoFactorSession?> ReadAsync(UserId user)
    {
        if (state.Renewed is { } renewed && renewed.UserId == user) return renewed;
        return Of(user, await AuthenticateAsync().ConfigureAwait(false));
    }

    /// <summary>Gives the session a new proof.</summary>
    /// <param name="proof">The proof.</param>
    /// <param name="replacedIn">The epoch that ended when this very call put another authenticator in the place of the active one; null when it did not.</param>
    public async ValueTask KeepAsync(Proof proof, long? replacedIn = null)
    {
        state.Proof = proof;
        if (accessor.HttpContext is not { Response.HasStarted: false } context) return;
        var ticket = await AuthenticateAsync().ConfigureAwait(false);
        if (Of(proof.UserId, ticket) is not { } session) return;
        // A session of an earlier epoch is void, whoever holds the new authenticator: a reset may have raised it meanwhile.
        if (proof.Epoch != session.Epoch && !(replacedIn == session.Epoch && proof.Epoch == session.Epoch + 1)) return;
        state.Renewed = session.With(proof);
        var principal = ticket!.Principal.Clone();
        state.Renewed.WriteTo(principal.Identities.First(identity => identity.HasClaim(claim => claim.Type == TwoFactorSession.ClaimType)));
        await context.SignInAsync(ticket.AuthenticationScheme, principal, ticket.Properties).ConfigureAwait(false);
    }

    /// <summary>Forgets what this request made: the authenticator it proved is gone.</summary>
    public void Drop() => state.Proof = null;

    // By the handler itself: what an IClaimsTransformation adds to a request, such as roles of the day, must not be written into the cookie.
    private async ValueTask<AuthenticationTicket?> AuthenticateAsync()
    {
        if (accessor.HttpContext is not { } context) return null;
        var handlers = context.RequestServices.GetRequiredService<IAuthenticationHandlerProvider>();
        var handler = await handlers.GetHandlerAsync(context, IdentityConstants.ApplicationScheme).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"There is no scheme '{IdentityConstants.ApplicationScheme}'. Add Identity with its cookies: AddIdentity, AddDefaultIdentity or AddIdentityCookies.");
        return (await handler.AuthenticateAsync().ConfigureAwait(false)).Ticket;
    }

    private static TwoFactorSession? Of(UserId user, AuthenticationTicket? ticket) =>
        TwoFactorSession.Read(ticket?.Principal) is { } session && session.UserId == user ? session : null;
}
