using Microsoft.AspNetCore.Http;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.PendingSignIns;
using TwoFactor.AspNetCore.Sessions;

namespace TwoFactor.AspNetCore.Endpoints.Guarding;

/// <summary>Who calls, as the guard has found out.</summary>
/// <param name="Session">The session; null for a call of a half-finished sign-in.</param>
/// <param name="Pending">The half-finished sign-in; null for a call of a session.</param>
internal sealed record Caller(TwoFactorSession? Session, PendingSignIn? Pending)
{
    private static readonly object s_key = new();

    /// <summary>The user of the session; only for endpoints that answer sessions alone.</summary>
    public UserId UserId => SignedIn.UserId;

    /// <summary>The session; only for endpoints that answer sessions alone.</summary>
    public TwoFactorSession SignedIn => Session ?? throw new InvalidOperationException("This endpoint takes a session for granted, and its rules do not ask for one.");

    public void Attach(HttpContext context) => context.Items[s_key] = this;

    /// <summary>Binds a parameter of an endpoint: what the guard attached, never null.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult<Caller?>(
        (Caller?)context.Items[s_key] ?? throw new InvalidOperationException("This endpoint has no guard: map it by one of the MapTwoFactor methods."));
}
