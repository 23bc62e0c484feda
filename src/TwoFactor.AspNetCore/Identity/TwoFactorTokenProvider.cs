using Microsoft.AspNetCore.Identity;

namespace TwoFactor.AspNetCore.Identity;

/// <summary>Stands where Identity's authenticator token provider stood: whoever asks Identity to validate a code asks our verification.</summary>
internal sealed class TwoFactorTokenProvider<TUser> : IUserTwoFactorTokenProvider<TUser> where TUser : class
{
    /// <summary>Authenticator apps make their codes themselves.</summary>
    public Task<string> GenerateAsync(string purpose, UserManager<TUser> manager, TUser user) => Task.FromResult("");

    public Task<bool> ValidateAsync(string purpose, string token, UserManager<TUser> manager, TUser user)
    {
        ArgumentNullException.ThrowIfNull(token);
        return Ours(manager).JudgeAsync(user, token);
    }

    public async Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<TUser> manager, TUser user) =>
        (await Ours(manager).GetValidTwoFactorProvidersAsync(user).ConfigureAwait(false)).Count > 0;

    internal static TwoFactorUserManager<TUser> Ours(UserManager<TUser> manager) => manager as TwoFactorUserManager<TUser> ?? throw new InvalidOperationException(
        $"{manager.GetType()} must derive from TwoFactorUserManager<{typeof(TUser).Name}>: call AddTwoFactorCore() last, and change the base class of an own user manager.");
}
