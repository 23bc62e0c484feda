using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TwoFactor;
using TwoFactor.EntityFrameworkCore;

// The namespace of IServiceCollection, so that the call is found without another using.
#pragma warning disable IDE0130
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Keeps a region's two-factor state in a database of its own.</summary>
public static class RegionBuilderExtensions
{
    /// <summary>
    /// Keeps the region's accounts, policies and audit events in the database of a context of the host, which has called
    /// <c>modelBuilder.UseTwoFactor()</c>; each region needs a context type of its own.
    /// </summary>
    public static RegionBuilder AddEntityFrameworkStore<TContext>(this RegionBuilder region) where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(region);
        return Add(region, static (provider, use) =>
        {
            using var scope = provider.CreateScope();
            if (scope.ServiceProvider.GetService<IDbContextFactory<TContext>>() is not { } factory)
            {
                use(scope.ServiceProvider.GetRequiredService<TContext>());
                return;
            }

            using var context = factory.CreateDbContext();
            use(context);
        });
    }

    /// <summary>
    /// Keeps the region's accounts, policies and audit events in a database of their own through <see cref="TwoFactorDbContext"/>, whose
    /// <see cref="IDbContextFactory{TContext}"/> this registers, keyed by the region: with it the host creates the tables.
    /// </summary>
    /// <param name="region">The region.</param>
    /// <param name="configure">Says which database, as in <c>options => options.UseSqlite("Data Source=eu.db")</c>.</param>
    public static RegionBuilder AddEntityFrameworkStore(this RegionBuilder region, Action<DbContextOptionsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(region);
        ArgumentNullException.ThrowIfNull(configure);
        var id = region.Id;
        region.Services.AddKeyedSingleton<IDbContextFactory<TwoFactorDbContext>>(id, (provider, _) => new RegionContextFactory(provider, configure));
        return Add(region, (provider, use) =>
        {
            using var context = provider.GetRequiredKeyedService<IDbContextFactory<TwoFactorDbContext>>(id).CreateDbContext();
            use(context);
        });
    }

    /// <summary>
    /// Keeps the region's users and memberships in the same database as <c>AddEntityFrameworkStore</c>, which must be called, too: fill them
    /// through its <see cref="EntityFrameworkDirectory"/>, keyed by the region.
    /// </summary>
    public static RegionBuilder AddEntityFrameworkDirectory(this RegionBuilder region)
    {
        ArgumentNullException.ThrowIfNull(region);
        var id = region.Id;
        region.Services.AddKeyedSingleton(id, (provider, _) => new EntityFrameworkDirectory(() => BindingOf(provider, id)));
        region.Services.AddKeyedSingleton(id, (provider, _) => new EntityFrameworkUserList(() => BindingOf(provider, id)));
        return region
            .UseMemberships(provider => provider.GetRequiredKeyedService<EntityFrameworkDirectory>(id))
            .UseUserLists(provider => provider.GetRequiredKeyedService<EntityFrameworkUserList>(id));
    }

    private static RegionBuilder Add(RegionBuilder region, Action<IServiceProvider, Action<DbContext>> withContext)
    {
        var (id, services) = (region.Id, region.Services);
        services.AddKeyedSingleton(id, (provider, _) => new EntityFrameworkAccountStore(
            () => RegionDatabase.Bind(provider, withContext), provider.GetRequiredService<TimeProvider>()));
        services.AddKeyedSingleton(id, (provider, _) => new EntityFrameworkOrganizationStore(() => BindingOf(provider, id)));
        services.AddKeyedSingleton(id, (provider, _) => new EntityFrameworkAuditLog(() => BindingOf(provider, id)));
        services.AddSingleton(new RegionDatabase(id, withContext));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TwoFactorOptions>, RegionStartupCheck>());
        return region
            .UseStore(provider => provider.GetRequiredKeyedService<EntityFrameworkAccountStore>(id))
            .UseOrganizationStore(provider => provider.GetRequiredKeyedService<EntityFrameworkOrganizationStore>(id))
            .UseAuditReader(provider => provider.GetRequiredKeyedService<EntityFrameworkAuditLog>(id))
            .UseAuditFeed(provider => provider.GetRequiredKeyedService<EntityFrameworkAuditLog>(id));
    }

    private static StoreBinding BindingOf(IServiceProvider provider, TwoFactor.Accounts.RegionId region) =>
        (provider.GetKeyedService<EntityFrameworkAccountStore>(region)
            ?? throw new InvalidOperationException($"The two-factor tables of region '{region}' have no database: call AddEntityFrameworkStore(...) on it, too.")).Binding;
}
