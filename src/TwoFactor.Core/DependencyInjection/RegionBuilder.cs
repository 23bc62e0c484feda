using Microsoft.Extensions.DependencyInjection;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;
using TwoFactor.Residency;
using TwoFactor.Status;
using TwoFactor.Storage;

namespace TwoFactor;

/// <summary>
/// Says what one region keeps its data in. Every part is a singleton, keyed by the region: <c>GetRequiredKeyedService</c> with its
/// <see cref="RegionId"/> returns it.
/// </summary>
public sealed class RegionBuilder
{
    internal RegionBuilder(RegionId id, IServiceCollection services) => (Id, Services) = (id, services);

    /// <summary>The region, and the key of its services.</summary>
    public RegionId Id { get; }

    /// <summary>The services of the host; satellites register theirs here, keyed by <see cref="Id"/>.</summary>
    public IServiceCollection Services { get; }

    internal bool HasMemberships { get; private set; }

    internal bool HasUserLists { get; private set; }

    /// <summary>Keeps accounts here. Moves ask the store for <see cref="IAccountRemoval"/>.</summary>
    public RegionBuilder UseStore(Func<IServiceProvider, IAccountStore> factory) => Use(factory);

    /// <summary>Keeps the policies of organisations here that are at home in this region.</summary>
    public RegionBuilder UseOrganizationStore(Func<IServiceProvider, IOrganizationStore> factory) => Use(factory);

    /// <summary>Reads the region's audit events.</summary>
    public RegionBuilder UseAuditReader(Func<IServiceProvider, IAuditReader> factory) => Use(factory);

    /// <summary>Delivers the region's audit events.</summary>
    public RegionBuilder UseAuditFeed(Func<IServiceProvider, IAuditFeed> factory) => Use(factory);

    /// <summary>Keeps memberships by region. All regions do, or none; else <c>UseMemberships</c> of the whole host says who belongs where.</summary>
    public RegionBuilder UseMemberships(Func<IServiceProvider, IMembershipSource> factory)
    {
        HasMemberships = true;
        return Use(factory);
    }

    /// <summary>Lists the region's users. All regions do, or none.</summary>
    public RegionBuilder UseUserLists(Func<IServiceProvider, IUserListSource> factory)
    {
        HasUserLists = true;
        return Use(factory);
    }

    /// <summary>Keeps the region in this process only: for trying out and tests.</summary>
    public RegionBuilder UseInMemoryStore()
    {
        Services.AddKeyedSingleton(Id, (provider, _) =>
            provider.GetKeyedService<InMemoryDirectory>(Id) is { } directory ? new InMemoryAuditLog(directory.Belongs) : new InMemoryAuditLog());
        Services.AddKeyedSingleton(Id, (provider, _) => new InMemoryAccountStore(provider.GetRequiredKeyedService<InMemoryAuditLog>(Id)));
        Services.AddKeyedSingleton(Id, (provider, _) => new InMemoryOrganizationStore(provider.GetRequiredKeyedService<InMemoryAuditLog>(Id)));
        return UseStore(provider => provider.GetRequiredKeyedService<InMemoryAccountStore>(Id))
            .UseOrganizationStore(provider => provider.GetRequiredKeyedService<InMemoryOrganizationStore>(Id))
            .UseAuditReader(provider => provider.GetRequiredKeyedService<InMemoryAuditLog>(Id))
            .UseAuditFeed(provider => provider.GetRequiredKeyedService<InMemoryAuditLog>(Id));
    }

    /// <summary>Keeps the region's users and memberships in an <see cref="InMemoryDirectory"/>, which the host fills: for trying out and tests.</summary>
    public RegionBuilder UseInMemoryDirectory()
    {
        Services.AddKeyedSingleton<InMemoryDirectory>(Id);
        return UseMemberships(provider => provider.GetRequiredKeyedService<InMemoryDirectory>(Id))
            .UseUserLists(provider => new InMemoryUserList(
                provider.GetRequiredKeyedService<InMemoryDirectory>(Id), provider.GetRequiredKeyedService<IAccountStore>(Id)));
    }

    internal Region Build(IServiceProvider provider) => new(Id, provider.GetKeyedService<IAccountStore>(Id) ?? throw new InvalidOperationException(RegionsValidator.MissingStore(Id)))
    {
        Organizations = provider.GetKeyedService<IOrganizationStore>(Id),
        Audit = provider.GetKeyedService<IAuditReader>(Id),
        Feed = provider.GetKeyedService<IAuditFeed>(Id),
        Memberships = provider.GetKeyedService<IMembershipSource>(Id),
        UserLists = provider.GetKeyedService<IUserListSource>(Id),
    };

    // Of two calls the later wins, as the container answers with the last of several.
    private RegionBuilder Use<T>(Func<IServiceProvider, T> factory) where T : class
    {
        ArgumentNullException.ThrowIfNull(factory);
        Services.AddKeyedSingleton(Id, (provider, _) => factory(provider));
        return this;
    }
}
