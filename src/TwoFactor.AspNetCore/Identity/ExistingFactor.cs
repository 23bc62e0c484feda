using System.Globalization;
using Microsoft.AspNetCore.Identity;
using TwoFactor.Accounts;
using TwoFactor.Otp;

namespace TwoFactor.AspNetCore.Identity;

/// <summary>
/// The second factor as Identity's own tables hold it, for the time of a switch-over: a key and recovery codes in plain text. Each code is accepted
/// once: the step goes into the user's tokens, in the same write that changes the user's concurrency stamp.
/// </summary>
internal static class ExistingFactor
{
    private const string Provider = "TwoFactor.Core";
    private const string LastStep = "LastAcceptedStep";

    /// <summary>True when there is a key, and a place for the step.</summary>
    public static async Task<bool> IsUsableAsync<TUser>(IUserStore<TUser> store, TUser user, CancellationToken cancellationToken) where TUser : class
    {
        if (store is not IUserAuthenticatorKeyStore<TUser> keys || store is not IUserAuthenticationTokenStore<TUser> || store is not IUserSecurityStampStore<TUser>) return false;
        return !string.IsNullOrEmpty(await keys.GetAuthenticatorKeyAsync(user, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Changes the user so that the code is spent; false when it is not right. It counts once the user is saved.</summary>
    public static async Task<bool> SpendAsync<TUser>(
        IUserStore<TUser> store, TUser user, MfaFactorType factor, string code, DateTimeOffset now, CancellationToken cancellationToken) where TUser : class
    {
        if (factor == MfaFactorType.BackupCode)
            return store is IUserTwoFactorRecoveryCodeStore<TUser> codes && await codes.RedeemCodeAsync(user, code, cancellationToken).ConfigureAwait(false);
        if (store is not IUserAuthenticatorKeyStore<TUser> keys || store is not IUserAuthenticationTokenStore<TUser> tokens) return false;
        if (!OtpSecret.TryParseBase32(await keys.GetAuthenticatorKeyAsync(user, cancellationToken).ConfigureAwait(false), out var secret, out _)) return false;
        using (secret)
        {
            var text = await tokens.GetTokenAsync(user, Provider, LastStep, cancellationToken).ConfigureAwait(false);
            long? last = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : null;
            var verification = Totp.Verify(secret.Bytes, code, now, TotpParameters.Default, TotpWindow.Default, last);
            if (!verification.IsValid) return false;
            await tokens.SetTokenAsync(
                user, Provider, LastStep, verification.MatchedStep.ToString(CultureInfo.InvariantCulture), cancellationToken).ConfigureAwait(false);
            return true;
        }
    }

    /// <summary>Erases key, codes and flag from the user; false when there was nothing.</summary>
    public static async Task<bool> EraseAsync<TUser>(IUserStore<TUser> store, TUser user, CancellationToken cancellationToken) where TUser : class
    {
        var found = false;
        if (store is IUserAuthenticatorKeyStore<TUser> keys && !string.IsNullOrEmpty(await keys.GetAuthenticatorKeyAsync(user, cancellationToken).ConfigureAwait(false)))
        {
            await keys.SetAuthenticatorKeyAsync(user, "", cancellationToken).ConfigureAwait(false);
            found = true;
        }

        if (store is IUserTwoFactorRecoveryCodeStore<TUser> codes && await codes.CountCodesAsync(user, cancellationToken).ConfigureAwait(false) > 0)
        {
            await codes.ReplaceCodesAsync(user, [], cancellationToken).ConfigureAwait(false);
            found = true;
        }

        if (store is IUserTwoFactorStore<TUser> flags && await flags.GetTwoFactorEnabledAsync(user, cancellationToken).ConfigureAwait(false))
        {
            await flags.SetTwoFactorEnabledAsync(user, false, cancellationToken).ConfigureAwait(false);
            found = true;
        }

        return found;
    }
}
