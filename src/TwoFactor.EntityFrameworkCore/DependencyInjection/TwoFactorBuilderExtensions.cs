using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TwoFactor;
using TwoFactor.Auditing;
using TwoFactor.EntityFrameworkCore;

// The namespace of IServiceCollection, so that the call is found without another using.
#pragma warning disable IDE0130
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Keeps two-factor state in a database.</summary>
public static class TwoFactorBuilderExtensions
{
    /// <summary>
    /// Keeps accounts, policies and audit events in the database of the host's context, which has called <c>modelBuilder.UseTwoFactor()</c>. The context is registered
    /// by <c>AddDbContext</c>, <c>AddDbContextFactory</c> or their pooled kinds with a connection string, which is read once: a context
    /// whose database differs from request to request needs a store for each database.
    /// </summary>
    /// <remarks>
    /// The store has connections and transactions of its own. On SQLite, where a file has one writer, do not call the services while a
    /// transaction of the host on the same file has written: they wait for it up to <c>Default Timeout</c> and then throw.
    /// </remarks>
    public static TwoFactorBuilder AddEntityFrameworkStore<TContext>(this TwoFactorBuilder builder) where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Replace(ServiceDescriptor.Singleton(provider => new EntityFrameworkAccountStore(
            () => BindTo<TContext>(provider), provider.GetRequiredService<TimeProvider>())));
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TwoFactorOptions>, StoreStartupCheck>());
        builder.Services.Replace(ServiceDescriptor.Singleton(provider => new EntityFrameworkOrganizationStore(BindingOf(provider))));
        builder.Services.Replace(ServiceDescriptor.Singleton(provider => new EntityFrameworkAuditLog(BindingOf(provider))));
        builder.Services.Replace(ServiceDescriptor.Singleton<IAuditReader>(provider => provider.GetRequiredService<EntityFrameworkAuditLog>()));
        builder.Services.Replace(ServiceDescriptor.Singleton<IAuditFeed>(provider => provider.GetRequiredService<EntityFrameworkAuditLog>()));
        return builder
            .UseOrganizationStore(provider => provider.GetRequiredService<EntityFrameworkOrganizationStore>())
            .UseStore(provider => provider.GetRequiredService<EntityFrameworkAccountStore>());
    }

    /// <summary>
    /// Keeps users and memberships in the same database as <c>AddEntityFrameworkStore</c>, which must be called, too: fill them through
    /// <see cref="EntityFrameworkDirectory"/>. It serves sign-in, administration and user lists.
    /// </summary>
    public static TwoFactorBuilder AddEntityFrameworkDirectory(this TwoFactorBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Replace(ServiceDescriptor.Singleton(provider => new EntityFrameworkDirectory(BindingOf(provider))));
        builder.Services.Replace(ServiceDescriptor.Singleton(provider => new EntityFrameworkUserList(BindingOf(provider))));
        return builder
            .UseMemberships(provider => provider.GetRequiredService<EntityFrameworkDirectory>())
            .UseUserLists(provider => provider.GetRequiredService<EntityFrameworkUserList>());
    }

    /// <summary>Keeps accounts in a database of their own through <see cref="TwoFactorDbContext"/>, which this registers.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Says which database, as in <c>options => options.UseSqlite("Data Source=two-factor.db")</c>.</param>
    public static TwoFactorBuilder AddEntityFrameworkStore(this TwoFactorBuilder builder, Action<DbContextOptionsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddDbContextFactory<TwoFactorDbContext>(configure);
        return builder.AddEntityFrameworkStore<TwoFactorDbContext>();
    }

    private static Func<StoreBinding> BindingOf(IServiceProvider provider) => () => (provider.GetService<EntityFrameworkAccountStore>()
        ?? throw new InvalidOperationException("The two-factor tables have no database: call AddEntityFrameworkStore(...), too.")).Binding;

    private static StoreBinding BindTo<TContext>(IServiceProvider provider) where TContext : DbContext
    {
        using var scope = provider.CreateScope();
        if (scope.ServiceProvider.GetService<IDbContextFactory<TContext>>() is not { } factory)
            return StoreBinding.To(scope.ServiceProvider.GetRequiredService<TContext>());
        using var context = factory.CreateDbContext();
        return StoreBinding.To(context);
    }
}
