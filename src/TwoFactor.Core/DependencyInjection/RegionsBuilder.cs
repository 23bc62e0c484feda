using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TwoFactor.Accounts;
using TwoFactor.Residency;

namespace TwoFactor;

/// <summary>Names the regions of a host, says what each keeps its data in, and who is at home where.</summary>
public sealed class RegionsBuilder
{
    private readonly IServiceCollection _services;
    private readonly List<RegionBuilder> _regions = [];

    internal RegionsBuilder(IServiceCollection services) => _services = services;

    internal IReadOnlyList<RegionBuilder> Regions => _regions;

    /// <summary>Adds a region with a store of its own.</summary>
    /// <param name="name">Its name, as <see cref="RegionId"/> allows it; it is stored with every account, so it is not renamed.</param>
    /// <param name="configure">Says what it keeps its data in.</param>
    /// <exception cref="ArgumentException">The name is not allowed, or was added already.</exception>
    public RegionsBuilder Add(string name, Action<RegionBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var region = new RegionBuilder(new RegionId(name), _services);
        if (_regions.Any(other => other.Id == region.Id)) throw new ArgumentException($"The region '{name}' was added already.", nameof(name));
        _regions.Add(region);
        configure(region);
        return this;
    }

    /// <summary>Asks the host where a user or an organisation is at home, by a singleton. Required.</summary>
    public RegionsBuilder UseResolver<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TResolver>() where TResolver : class, IRegionResolver
    {
        _services.Replace(ServiceDescriptor.Singleton<IRegionResolver, TResolver>());
        return this;
    }

    /// <summary>Asks the host where a user or an organisation is at home, by a singleton. Required.</summary>
    public RegionsBuilder UseResolver(Func<IServiceProvider, IRegionResolver> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        _services.Replace(ServiceDescriptor.Singleton(factory));
        return this;
    }
}
