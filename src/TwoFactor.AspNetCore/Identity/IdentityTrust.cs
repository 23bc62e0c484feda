using Microsoft.AspNetCore.Http;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.TrustedDevices;
using TwoFactor.SignIn;
using TwoFactor.TrustedDevices;

namespace TwoFactor.AspNetCore.Identity;

/// <summary>Identity's "remember this machine" by our trusted devices.</summary>
internal sealed class IdentityTrust(BrowserTrust browser, TrustedDeviceService devices)
{
    /// <summary>The token that this browser presents for a user.</summary>
    public TrustedDeviceToken? Present(HttpContext context, UserId user) => browser.Read(context, user);

    /// <summary>What is asked for with a code.</summary>
    public static TrustRequest? Wish(HttpContext context, bool rememberClient) => rememberClient ? BrowserTrust.RequestFrom(context) : null;

    /// <summary>Keeps, replaces or deletes the token as the answer to a first factor says.</summary>
    public void Apply(HttpContext context, UserId user, BeginSignInResult result)
    {
        if (result is BeginSignInResult.Trusted trusted) browser.Keep(context, trusted.Device);
        else if (result is BeginSignInResult.ChallengeRequired challenge) browser.Forget(context, user, challenge.TrustRefusal);
        else if (result is BeginSignInResult.EnrollmentRequired) browser.Forget(context, user);
    }

    /// <summary>Keeps the token that came with an accepted code.</summary>
    public void Apply(HttpContext context, VerifySignInResult.SignedIn signedIn)
    {
        if (signedIn.Device is { } device) browser.Keep(context, device);
    }

    /// <summary>True when this browser would be trusted now.</summary>
    public async ValueTask<bool> IsTrustedAsync(HttpContext context, UserId user) => browser.Read(context, user) is { } token
        && (await devices.ListAsync(user, context.RequestAborted).ConfigureAwait(false)).Any(device => device.Id == token.DeviceId);

    /// <summary>Trusts none of the user's browsers any longer. A client that hangs up does not stop it.</summary>
    public async ValueTask ForgetAllAsync(UserId user)
    {
        for (var round = 0; round < 32; round++)
        {
            switch (await devices.RevokeAllAsync(user, CancellationToken.None).ConfigureAwait(false))
            {
                case RevokeTrustedDeviceResult.Contended:
                    continue;
                case RevokeTrustedDeviceResult.RegionRefused refused:
                    throw new TwoFactorRefusedException($"The account is moved between regions, or is in another one ({refused.Reason}): its trusted browsers cannot be revoked now. Nothing was changed; call again.");
                default:
                    return;
            }
        }

        throw new InvalidOperationException("The trusted browsers could not be revoked, because other requests won every write of the account. Nothing was changed; call again.");
    }

    /// <summary>Trusts this browser no longer.</summary>
    public async ValueTask ForgetAsync(HttpContext context, UserId user)
    {
        if (browser.Read(context, user) is not { } token) return;
        for (var round = 0; round < 32; round++)
        {
            if (await devices.RevokeAsync(user, token.DeviceId, context.RequestAborted).ConfigureAwait(false) is RevokeTrustedDeviceResult.Contended) continue;
            browser.Forget(context, user);
            return;
        }

        throw new InvalidOperationException("The trusted browser could not be revoked, because other requests won every write of the account. Call again.");
    }
}
