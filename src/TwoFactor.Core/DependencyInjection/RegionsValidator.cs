using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;
using TwoFactor.Residency;
using TwoFactor.Status;
using TwoFactor.Storage;

namespace TwoFactor;

/// <summary>A region that lacks something, or that is lacking, is an error when the host starts, and names it.</summary>
internal sealed class RegionsValidator(IServiceProvider provider, IServiceProviderIsKeyedService registered, RegionsBuilder regions) : IValidateOptions<TwoFactorOptions>
{
    internal const string MissingResolver =
        "UseRegions needs a resolver, which says where a user or an organisation is at home: call UseResolver<T>().";

    internal static string MissingStore(RegionId region) =>
        $"Region '{region}' has no store for accounts: call UseInMemoryStore() for a trial, AddEntityFrameworkStore(...) of TwoFactor.EntityFrameworkCore, or UseStore(...) on it.";

    public ValidateOptionsResult Validate(string? name, TwoFactorOptions options)
    {
        var errors = new List<string>();
        if (regions.Regions.Count == 0) errors.Add("UseRegions names no region: call Add(name, ...) for each.");
        foreach (var region in regions.Regions) Parts(errors, region);
        if (errors.Count == 0) SharedStores(errors);
        if (!registered.IsService(typeof(IRegionResolver))) errors.Add(MissingResolver);
        else Known(errors);
        if (errors.Count == 0 && provider.GetService<IAccountStore>() is not RegionalAccountStore)
            errors.Add("A store for all accounts was configured after UseRegions, so the regions would not be used: remove it, or UseRegions.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private void Parts(List<string> errors, RegionBuilder region)
    {
        if (!registered.IsKeyedService(typeof(IAccountStore), region.Id)) errors.Add(MissingStore(region.Id));
        Need<IOrganizationStore>(errors, region, registered.IsService(typeof(IMembershipSource)), "store for the organisations' policies", nameof(RegionBuilder.UseOrganizationStore));
        Need<IMembershipSource>(errors, region, regions.Regions.Any(other => other.HasMemberships), "memberships, as others have", nameof(RegionBuilder.UseMemberships));
        Need<IUserListSource>(errors, region, regions.Regions.Any(other => other.HasUserLists), "user lists, as others have", nameof(RegionBuilder.UseUserLists));
    }

    private void Need<T>(List<string> errors, RegionBuilder region, bool needed, string what, string call)
    {
        if (needed && !registered.IsKeyedService(typeof(T), region.Id)) errors.Add($"Region '{region.Id}' has no {what}: call {call}(...) on it, or what brings it along.");
    }

    private void SharedStores(List<string> errors)
    {
        foreach (var same in regions.Regions.GroupBy(region => provider.GetRequiredKeyedService<IAccountStore>(region.Id), ReferenceEqualityComparer.Instance).Where(g => g.Count() > 1))
            errors.Add($"These regions share one store, and each needs its own: {string.Join(", ", same.Select(region => region.Id))}.");
    }

    private void Known(List<string> errors)
    {
        foreach (var known in provider.GetRequiredService<IRegionResolver>().KnownRegions)
        {
            if (regions.Regions.All(region => region.Id != known)) errors.Add($"The resolver may name region '{known}', which is not configured: add it in UseRegions.");
        }
    }
}
