using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace TwoFactor.EntityFrameworkCore;

/// <summary>As <see cref="StoreStartupCheck"/>, for each region; and that no two of them are one database. No database is touched.</summary>
internal sealed class RegionStartupCheck(IServiceProvider provider, IEnumerable<RegionDatabase> regions) : IValidateOptions<TwoFactorOptions>
{
    public ValidateOptionsResult Validate(string? name, TwoFactorOptions options)
    {
        foreach (var region in regions) _ = provider.GetRequiredKeyedService<EntityFrameworkAccountStore>(region.Region).Binding;
        // Of two calls for one region the later wins.
        var shared = regions.GroupBy(region => region.Region).Select(calls => calls.Last())
            .GroupBy(region => region.AddressIn(provider), StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1);
        return shared is null
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"These regions name one database, and each needs its own: {string.Join(", ", shared.Select(region => region.Region))}.");
    }
}
