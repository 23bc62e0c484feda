using Microsoft.AspNetCore.Identity;

namespace TwoFactor.AspNetCore.Identity;

/// <summary>What a change of the password replaces in Identity's user, to be put back where it is not carried out.</summary>
internal sealed class FormerPassword
{
    private readonly string? _hash;
    private readonly string? _stamp;

    private FormerPassword(string? hash, string? stamp) => (_hash, _stamp) = (hash, stamp);

    public static async Task<FormerPassword> OfAsync<TUser>(IUserStore<TUser> store, TUser user, CancellationToken cancellationToken) where TUser : class => new(
        store is IUserPasswordStore<TUser> passwords ? await passwords.GetPasswordHashAsync(user, cancellationToken).ConfigureAwait(false) : null,
        store is IUserSecurityStampStore<TUser> stamps ? await stamps.GetSecurityStampAsync(user, cancellationToken).ConfigureAwait(false) : null);

    public async Task PutBackAsync<TUser>(IUserStore<TUser> store, TUser user, CancellationToken cancellationToken) where TUser : class
    {
        if (store is IUserPasswordStore<TUser> passwords) await passwords.SetPasswordHashAsync(user, _hash, cancellationToken).ConfigureAwait(false);
        if (_stamp is not null && store is IUserSecurityStampStore<TUser> stamps) await stamps.SetSecurityStampAsync(user, _stamp, cancellationToken).ConfigureAwait(false);
    }
}
