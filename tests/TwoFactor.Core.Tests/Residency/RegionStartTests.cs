using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Residency;
using TwoFactor.SignIn;
using TwoFactor.Storage;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;

namespace TwoFactor.Tests.Residency;

/// <summary>Regions that cannot work are an error when the host starts, and the error names them.</summary>
[TestFixture]
[Feature("C10")]
public sealed class RegionStartTests
{
    [Test]
    public void Regions_that_lack_nothing_start() => Assert.That(Errors(regions => regions
        .Add("eu", region => region.UseInMemoryStore().UseInMemoryDirectory()).Add("us-1", region => region.UseInMemoryStore().UseInMemoryDirectory())
        .UseResolver<EuAndUs>()), Is.Empty);

    [Test]
    public void A_region_without_a_store_is_named() => Assert.That(
        Errors(regions => regions.Add("eu", region => region.UseInMemoryStore()).Add("us-1", _ => { }).UseResolver<EuAndUs>()),
        Has.One.Contains("'us-1'").And.One.Contains("UseStore"));

    [Test]
    public void A_region_that_the_resolver_may_name_and_nobody_configured_is_named() => Assert.That(
        Errors(regions => regions.Add("eu", region => region.UseInMemoryStore()).UseResolver<EuAndUs>()), Has.One.Contains("'us-1'"));

    [Test]
    public void A_missing_resolver_is_an_error() => Assert.That(
        Errors(regions => regions.Add("eu", region => region.UseInMemoryStore())), Has.One.Contains("UseResolver<T>()"));

    [Test]
    public void No_region_is_an_error() => Assert.That(Errors(regions => regions.UseResolver<EuAndUs>()), Has.Some.Contains("names no region"));

    [Test]
    public void One_store_for_two_regions_is_an_error()
    {
        var store = new InMemoryAccountStore();
        Assert.That(
            Errors(regions => regions.Add("eu", region => region.UseStore(_ => store)).Add("us-1", region => region.UseStore(_ => store)).UseResolver<EuAndUs>()),
            Has.One.Contains("eu, us-1"));
    }

    [Test]
    public void A_region_without_what_the_others_have_is_named() => Assert.That(
        Errors(regions => regions.Add("eu", region => region.UseInMemoryStore().UseInMemoryDirectory())
            .Add("us-1", region => region.UseStore(_ => new InMemoryAccountStore())).UseResolver<EuAndUs>()),
        Has.Exactly(3).Contains("'us-1'").And.Some.Contains("UseMemberships").And.Some.Contains("UseUserLists").And.Some.Contains("UseOrganizationStore"));

    [Test]
    public void A_store_for_all_that_takes_the_regions_place_is_an_error() => Assert.That(
        Errors(Both, builder => builder.UseStore(_ => new InMemoryAccountStore())), Has.One.Contains("after UseRegions"));

    [Test]
    public void A_name_twice_or_one_that_is_not_allowed_is_refused_at_once()
    {
        Assert.That(() => Errors(regions => regions.Add("eu", _ => { }).Add("eu", _ => { })), Throws.ArgumentException.With.Message.Contains("'eu'"));
        Assert.That(() => Errors(regions => regions.Add("EU", _ => { })), Throws.ArgumentException);
        Assert.That(() => Errors(Both, builder => builder.UseRegions(Both)), Throws.InvalidOperationException.With.Message.Contains("already"));
    }

    [Test]
    public void Without_a_host_the_first_use_tells()
    {
        using var provider = Services(regions => regions.Add("eu", _ => { }).UseResolver<EuAndUs>()).BuildServiceProvider();
        Assert.That(() => provider.GetRequiredService<SignInService>(), Throws.TypeOf<OptionsValidationException>());
    }

    [TestCase("eu", true)]
    [TestCase("eu-central-1", true)]
    [TestCase("a2345678901234567890123456789012", true)]
    [TestCase("a23456789012345678901234567890123", false)]
    [TestCase("", false)]
    [TestCase("EU", false)]
    [TestCase("1eu", false)]
    [TestCase("-eu", false)]
    [TestCase("eu west", false)]
    [TestCase("eu\n", false)]
    [TestCase("éu", false)]
    public void A_regions_name_is_plain(string name, bool allowed)
    {
        if (allowed) Assert.That(new RegionId(name).Value, Is.EqualTo(name));
        else Assert.That(() => new RegionId(name), Throws.ArgumentException);
    }

    private static void Both(RegionsBuilder regions) =>
        regions.Add("eu", region => region.UseInMemoryStore()).Add("us-1", region => region.UseInMemoryStore()).UseResolver<EuAndUs>();

    private static IEnumerable<string> Errors(Action<RegionsBuilder> configure, Action<TwoFactorBuilder>? then = null)
    {
        using var provider = Services(configure, then).BuildServiceProvider();
        try
        {
            _ = provider.GetRequiredService<IOptions<TwoFactorOptions>>().Value;
            return [];
        }
        catch (OptionsValidationException e)
        {
            return e.Failures;
        }
    }

    private static ServiceCollection Services(Action<RegionsBuilder> configure, Action<TwoFactorBuilder>? then = null)
    {
        var services = new ServiceCollection();
        var builder = services.AddTwoFactor(options => options.Issuer = "Acme").UseSecretKeys("k1", TestHost.Keys("k1")).UseRegions(configure);
        then?.Invoke(builder);
        return services;
    }

    private sealed class EuAndUs : IRegionResolver
    {
        public ImmutableArray<RegionId> KnownRegions => [new("eu"), new("us-1")];

        public ValueTask<RegionId?> FindRegionAsync(UserId userId, CancellationToken cancellationToken) => ValueTask.FromResult<RegionId?>(new RegionId("eu"));

        public ValueTask<RegionId?> FindRegionAsync(OrganizationId organizationId, CancellationToken cancellationToken) => ValueTask.FromResult<RegionId?>(new RegionId("eu"));
    }
}
