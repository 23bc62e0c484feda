using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Auditing;
using TwoFactor.BackupCodes;
using TwoFactor.Cryptography;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;
using TwoFactor.Residency;
using TwoFactor.Status;
using TwoFactor.Storage;

namespace TwoFactor;

/// <summary>Says where accounts are kept, how seeds are encrypted and who may administrate. Of two calls for the same thing the later wins.</summary>
public sealed class TwoFactorBuilder
{
    internal TwoFactorBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services of the host; satellites register theirs here.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Keeps accounts and policies in this process only: for trying out and tests.</summary>
    public TwoFactorBuilder UseInMemoryStore()
    {
        Services.TryAddSingleton(provider => provider.GetService<InMemoryDirectory>() is { } directory ? new InMemoryAuditLog(directory.Belongs) : new InMemoryAuditLog());
        Services.TryAddSingleton(provider => new InMemoryAccountStore(provider.GetRequiredService<InMemoryAuditLog>()));
        Services.TryAddSingleton(provider => new InMemoryOrganizationStore(provider.GetRequiredService<InMemoryAuditLog>()));
        Services.TryAddSingleton<IOrganizationStore>(provider => provider.GetRequiredService<InMemoryOrganizationStore>());
        Services.TryAddSingleton<IAuditReader>(provider => provider.GetRequiredService<InMemoryAuditLog>());
        Services.TryAddSingleton<IAuditFeed>(provider => provider.GetRequiredService<InMemoryAuditLog>());
        return UseStore(provider => provider.GetRequiredService<InMemoryAccountStore>());
    }

    /// <summary>
    /// Keeps each account in the region that is its home, and in no other. Instead of a store for all: what is registered here takes its place.
    /// <c>docs/residency.md</c> leads through it.
    /// </summary>
    /// <param name="configure">Adds the regions and says who is at home where.</param>
    public TwoFactorBuilder UseRegions(Action<RegionsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        if (Services.Any(service => service.ServiceType == typeof(RegionSet))) throw new InvalidOperationException("UseRegions was called already: add all regions in one call.");
        var regions = new RegionsBuilder(Services);
        configure(regions);
        Services.AddSingleton<IValidateOptions<TwoFactorOptions>>(provider =>
            new RegionsValidator(provider, provider.GetRequiredService<IServiceProviderIsKeyedService>(), regions));
        Services.AddSingleton(provider => new RegionSet(
            [.. regions.Regions.Select(region => region.Build(provider))],
            provider.GetService<IRegionResolver>() ?? throw new InvalidOperationException(RegionsValidator.MissingResolver)));
        Services.Replace(ServiceDescriptor.Singleton<IAuditReader>(provider => new RegionalAuditReader(provider.GetRequiredService<RegionSet>())));
        Services.Replace(ServiceDescriptor.Singleton(provider => new AuditDispatcher(
            [.. provider.GetRequiredService<RegionSet>().All.Select(region => ((RegionId?)region.Id, region.Require(region.Feed)))], provider.GetServices<IAuditSink>())));
        if (regions.Regions.Any(region => region.HasMemberships)) UseMemberships(provider => new RegionalMemberships(provider.GetRequiredService<RegionSet>()));
        if (regions.Regions.Any(region => region.HasUserLists)) UseUserLists(provider => new RegionalUserList(provider.GetRequiredService<RegionSet>()));
        return UseOrganizationStore(provider => new RegionalOrganizationStore(provider.GetRequiredService<RegionSet>()))
            .UseStore(provider => new RegionalAccountStore(provider.GetRequiredService<RegionSet>()));
    }

    /// <summary>Keeps users and memberships in an <see cref="InMemoryDirectory"/>, which the host fills: for trying out and tests.</summary>
    public TwoFactorBuilder UseInMemoryDirectory()
    {
        Services.TryAddSingleton<InMemoryDirectory>();
        Services.Replace(ServiceDescriptor.Singleton<IUserListSource>(provider =>
            new InMemoryUserList(provider.GetRequiredService<InMemoryDirectory>(), provider.GetRequiredService<IAccountStore>())));
        return UseMemberships(provider => provider.GetRequiredService<InMemoryDirectory>());
    }

    /// <summary>Lists users from the host's own source.</summary>
    public TwoFactorBuilder UseUserLists(Func<IServiceProvider, IUserListSource> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        Services.Replace(ServiceDescriptor.Singleton(factory));
        return this;
    }

    /// <summary>Keeps accounts in the host's own store, a singleton.</summary>
    public TwoFactorBuilder UseStore<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>() where TStore : class, IAccountStore
    {
        Services.Replace(ServiceDescriptor.Singleton<IAccountStore, TStore>());
        return this;
    }

    /// <summary>Keeps accounts in the host's own store, a singleton.</summary>
    public TwoFactorBuilder UseStore(Func<IServiceProvider, IAccountStore> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        Services.Replace(ServiceDescriptor.Singleton(factory));
        return this;
    }

    /// <summary>Keeps the organisations' policies in the host's own store, a singleton. Needed with memberships.</summary>
    public TwoFactorBuilder UseOrganizationStore(Func<IServiceProvider, IOrganizationStore> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        Services.Replace(ServiceDescriptor.Singleton(factory));
        return this;
    }

    /// <summary>Asks the host who belongs to which organisation. Without it nobody belongs to any.</summary>
    public TwoFactorBuilder UseMemberships(Func<IServiceProvider, IMembershipSource> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        Services.Replace(ServiceDescriptor.Singleton(factory));
        return this;
    }

    /// <summary>Encrypts seeds with AES-256-GCM under the current one of the given keys; the others only decrypt.</summary>
    /// <param name="currentKeyId">The id of the key for new seeds.</param>
    /// <param name="keys">Key ids with 32 bytes in Base64 each, as <c>openssl rand -base64 32</c> prints them.</param>
    /// <exception cref="ArgumentException">The keys do not make a ring; the message says why and quotes none.</exception>
    public TwoFactorBuilder UseSecretKeys(string currentKeyId, IEnumerable<KeyValuePair<string, string?>> keys)
    {
        var ring = SecretKeyRing.FromBase64(currentKeyId, keys);
        return UseSecretProtector(_ => new AesGcmSecretProtector(ring));
    }

    /// <summary>Encrypts seeds with the host's own protector, a singleton.</summary>
    public TwoFactorBuilder UseSecretProtector(Func<IServiceProvider, ISecretProtector> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        Services.Replace(ServiceDescriptor.Singleton(factory));
        return this;
    }

    /// <summary>Adds a secret that is not in the database to the hashes of backup codes (RFC 9106, 3.1: the secret value K).</summary>
    public TwoFactorBuilder UseBackupCodePeppers(BackupCodePepperRing peppers)
    {
        ArgumentNullException.ThrowIfNull(peppers);
        Services.Replace(ServiceDescriptor.Singleton(peppers));
        return this;
    }

    /// <summary>Asks the host who may unlock and reset. Without it every administrative call is denied.</summary>
    public TwoFactorBuilder UseAuthorizer<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TAuthorizer>() where TAuthorizer : class, ITwoFactorAuthorizer
    {
        Services.Replace(ServiceDescriptor.Singleton<ITwoFactorAuthorizer, TAuthorizer>());
        return this;
    }
}
