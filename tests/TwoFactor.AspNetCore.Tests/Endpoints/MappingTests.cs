using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using TwoFactor.AspNetCore.Tests.Endpoints.Support;
using TwoFactor.Status;

namespace TwoFactor.AspNetCore.Tests.Endpoints;

/// <summary>What a host maps is there, guarded; what it does not is not.</summary>
internal sealed class MappingTests
{
    [Test]
    public async Task A_host_maps_single_endpoints_wherever_it_likes_and_the_guard_comes_along()
    {
        await using var app = await ApiApp.StartAsync(new() { Map = a => a.MapGroup("/2fa/own/{tenant}").MapTwoFactorStatus() });
        (await app.NewClient().GetAsync("/2fa/own/a/status")).MustBe("unauthenticated");
        var bob = await app.PassFirstFactorAsync("bob");
        (await bob.GetAsync("/2fa/own/a/status")).MustSucceed();
        Assert.That((int)(await bob.GetAsync("/2fa/own/a/backup-codes")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Without_a_source_of_user_lists_the_rest_is_mapped()
    {
        await using var app = await ApiApp.StartAsync(new() { Services = s => s.RemoveAll<IUserListSource>() });
        var names = Operation.AllOf(app).Select(o => o.Name).ToList();
        Assert.That(names, Does.Contain("TwoFactorResetUser").And.Not.Contain("TwoFactorListUsers").And.Not.Contain("TwoFactorGetUser"));
    }

    [Test]
    public void What_needs_a_service_that_is_not_there_is_refused_when_it_is_mapped() => Assert.That(
        async () => await ApiApp.StartAsync(new() { Services = s => s.RemoveAll<IUserListSource>(), Map = a => a.MapTwoFactorUsers() }),
        Throws.InvalidOperationException.With.Message.Contains("IUserListSource"));

    [Test]
    public void Without_its_services_the_API_is_not_mapped()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddAuthentication("Session").AddCookie("Session");
        builder.Services.AddTwoFactor(o => o.Issuer = "Acme").UseInMemoryStore().AddAspNetCore();
        Assert.That(() => builder.Build().MapTwoFactor(), Throws.InvalidOperationException.With.Message.Contains("AddTwoFactorApi"));
    }

    [Test]
    public async Task A_session_scheme_that_is_not_the_default_serves_as_well()
    {
        await using var app = await ApiApp.StartAsync(new()
        {
            Services = s =>
            {
                s.AddAuthentication(o => o.DefaultScheme = "Other").AddCookie("Other");
                s.Configure<TwoFactorWebOptions>(o => o.SessionScheme = "Session");
            },
        });
        var bob = await app.EnrollAsync("bob");
        (await bob.Client.PostAsync("/2fa/backup-codes")).MustSucceed();
        (await bob.Client.Copy().DeleteAsync("/2fa/enrollment")).MustSucceed();
        (await bob.Client.GetAsync("/2fa/status")).MustBe("unauthenticated");
    }

    [TestCase(4_095, 524_288, 60)]
    [TestCase(65_537, 524_288, 60)]
    [TestCase(16_384, 4_095, 60)]
    [TestCase(16_384, 4_194_305, 60)]
    [TestCase(16_384, 524_288, 9)]
    [TestCase(16_384, 524_288, 86_401)]
    public void Settings_out_of_range_stop_the_host(int body, int policy, int seconds) => Assert.That(
        async () => await ApiApp.StartAsync(new()
        {
            Build = b => b.AddTwoFactorApi(o => (o.MaxBodyBytes, o.MaxPolicyBytes, o.AdministrationProofMaxAge) = (body, policy, TimeSpan.FromSeconds(seconds))),
        }),
        Throws.InstanceOf<OptionsValidationException>());

    [TestCase(4_096, 4_096, 10)]
    [TestCase(65_536, 4_194_304, 86_400)]
    public async Task Settings_at_the_ends_of_their_ranges_are_taken(int body, int policy, int seconds)
    {
        await using var app = await ApiApp.StartAsync(new()
        {
            Build = b => b.AddTwoFactorApi(o => (o.MaxBodyBytes, o.MaxPolicyBytes, o.AdministrationProofMaxAge) = (body, policy, TimeSpan.FromSeconds(seconds))),
        });
        (await app.NewClient().GetAsync("/2fa/status")).MustBe("unauthenticated");
    }

    [Test]
    public async Task A_host_that_lets_only_users_in_everywhere_still_lets_half_finished_sign_ins_through()
    {
        await using var app = await ApiApp.StartAsync(new()
        {
            Services = s => s.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()),
            Pipeline = a => a.UseAuthorization(),
            Map = a =>
            {
                a.MapGroup("/2fa").MapTwoFactor();
                a.MapGroup("/2fa/strict").MapTwoFactorBackupCodes().WithName("Strict").RequireAuthorization(policy => policy.RequireRole("nobody"));
            },
            MapSignIn = endpoint => endpoint.AllowAnonymous(),
        });
        var bob = await app.EnrollAsync("bob");
        await app.SignInAsync(bob);
        // The host's own word comes first, and is a status, not a page.
        Assert.That((int)(await app.NewClient().GetAsync("/2fa/status")).Status, Is.EqualTo(401));
        Assert.That((int)(await bob.Client.GetAsync("/2fa/strict/backup-codes")).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task The_hosts_JSON_options_do_not_change_the_contract()
    {
        await using var app = await ApiApp.StartAsync(new()
        {
            Services = s => s.ConfigureHttpJsonOptions(o =>
            {
                o.SerializerOptions.PropertyNamingPolicy = null;
                o.SerializerOptions.DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault;
            }),
        });
        var bob = await app.PassFirstFactorAsync("bob");
        Assert.That((await bob.GetAsync("/2fa/status")).MustSucceed()["isEnrolled"].GetBoolean(), Is.False);
        (await app.NewClient().GetAsync("/2fa/status")).MustBe("unauthenticated");
    }
}
