using Microsoft.EntityFrameworkCore;
using TwoFactor.Accounts;
using TwoFactor.EntityFrameworkCore.Databases;

namespace TwoFactor.EntityFrameworkCore;

/// <summary>Where a region's database is, as a context of it tells.</summary>
/// <param name="Region">The region.</param>
/// <param name="WithContext">Lends a context.</param>
internal sealed record RegionDatabase(RegionId Region, Action<IServiceProvider, Action<DbContext>> WithContext)
{
    public static StoreBinding Bind(IServiceProvider provider, Action<IServiceProvider, Action<DbContext>> withContext)
    {
        StoreBinding? binding = null;
        withContext(provider, context => binding = StoreBinding.To(context));
        return binding!;
    }

    /// <summary>The same for two regions that name one database.</summary>
    public string AddressIn(IServiceProvider provider)
    {
        var address = "";
        WithContext(provider, context =>
        {
            var connectionString = context.Database.GetConnectionString() ?? "";
            address = context.Database.ProviderName is SqliteDatabase.ProviderName ? SqliteAddress.Parse(connectionString).Key : connectionString;
        });
        return address;
    }
}

/// <summary>Makes contexts for a region.</summary>
internal sealed class RegionContextFactory(IServiceProvider provider, Action<DbContextOptionsBuilder> configure) : IDbContextFactory<TwoFactorDbContext>
{
    private readonly Lazy<DbContextOptions<TwoFactorDbContext>> _options = new(() =>
    {
        var builder = new DbContextOptionsBuilder<TwoFactorDbContext>().UseApplicationServiceProvider(provider);
        configure(builder);
        return builder.Options;
    });

    public TwoFactorDbContext CreateDbContext() => new(_options.Value);
}
