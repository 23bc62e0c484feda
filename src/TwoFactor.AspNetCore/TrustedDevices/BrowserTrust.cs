using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Diagnostics;
using TwoFactor.TrustedDevices;

namespace TwoFactor.AspNetCore.TrustedDevices;

/// <summary>What a sign-in does with the cookies of trusted browsers: presents, replaces, deletes.</summary>
internal sealed class BrowserTrust(TrustCookies cookies, TimeProvider time, ILogger<BrowserTrust> logger)
{
    /// <summary>The token that this browser keeps for the user; null for none. One that is malformed or another user's is deleted.</summary>
    public TrustedDeviceToken? Read(HttpContext context, UserId user)
    {
        if (cookies.Read(context, user) is not { } text) return null;
        if (TrustedDeviceToken.TryParse(text, out var token) && token.UserId == user) return token;
        WebLog.TrustMalformed(logger);
        cookies.Delete(context, user);
        return null;
    }

    /// <summary>What is asked of the core when the user ticked "trust this browser".</summary>
    public static TrustRequest RequestFrom(HttpContext context) => new(BrowserName.Of(context.Request.Headers.UserAgent.ToString()));

    /// <summary>Sets the token that this browser keeps from now on.</summary>
    public void Keep(HttpContext context, TrustedDeviceGrant device) =>
        cookies.Write(context, device.Token.UserId, device.Token.Reveal(), device.ExpiresAt - time.GetUtcNow());

    /// <summary>Deletes a token that the core has refused.</summary>
    public void Forget(HttpContext context, UserId user, TrustRefusal? refusal)
    {
        if (refusal is not { } why) return;
        WebLog.TrustRefused(logger, user, why);
        cookies.Delete(context, user);
    }

    /// <summary>Deletes the token of a user whose trusted devices are dead.</summary>
    public void Forget(HttpContext context, UserId user) => cookies.Delete(context, user);
}
