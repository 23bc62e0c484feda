using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TwoFactor.Storage;

namespace TwoFactor.EntityFrameworkCore;

/// <summary>
/// Lets a host that names an unknown provider, forgets <c>UseTwoFactor()</c> or shares its connection fail when it starts, with the reason,
/// instead of at the first sign-in. The database itself is not touched.
/// </summary>
internal sealed class StoreStartupCheck(IServiceProvider provider) : IValidateOptions<TwoFactorOptions>
{
    public ValidateOptionsResult Validate(string? name, TwoFactorOptions options)
    {
        if (provider.GetService<IAccountStore>() is EntityFrameworkAccountStore store) _ = store.Binding;
        return ValidateOptionsResult.Success;
    }
}
