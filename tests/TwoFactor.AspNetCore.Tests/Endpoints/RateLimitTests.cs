using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using TwoFactor.AspNetCore.Tests.Endpoints.Support;

namespace TwoFactor.AspNetCore.Tests.Endpoints;

/// <summary>The framework's limiter before the API, as an option. The windows are days, so that none ends in a test.</summary>
internal sealed class RateLimitTests
{
    [Test]
    public async Task Beyond_the_limit_a_user_waits_and_others_do_not()
    {
        await using var app = await StartAsync(ordinary: 3, costly: 100);
        var bob = await app.PassFirstFactorAsync("bob");
        var eve = await app.PassFirstFactorAsync("eve");
        for (var i = 0; i < 3; i++) (await bob.GetAsync("/2fa/status")).MustSucceed();
        var refused = (await bob.GetAsync("/2fa/status")).MustBe("rate_limited");
        Assert.That((int)refused.Status, Is.EqualTo(429));
        Assert.That(refused.RetryAfter, Is.InRange(1, 86_400));
        Assert.That(refused["retryAfterSeconds"].GetInt32(), Is.EqualTo(refused.RetryAfter));
        // In another browser it is the same user, in another language the same limit; another user has his own.
        var elsewhere = await app.PassFirstFactorAsync("bob");
        elsewhere.AcceptLanguage = "de";
        Assert.That((await elsewhere.GetAsync("/2fa/backup-codes")).MustBe("rate_limited")["title"].GetString(), Is.EqualTo("Zu viele Anfragen"));
        (await eve.GetAsync("/2fa/status")).MustSucceed();
    }

    [Test]
    public async Task Calls_that_cost_a_hash_have_a_limit_of_their_own()
    {
        await using var app = await StartAsync(ordinary: 100, costly: 2);
        var bob = await app.SignInWithoutFactorAsync("bob");
        for (var i = 0; i < 2; i++) (await bob.PostAsync("/2fa/step-up", new { factor = "totp", code = "123456" })).MustBe("not_enrolled");
        (await bob.PostAsync("/2fa/step-up", new { factor = "totp", code = "123456" })).MustBe("rate_limited");
        (await bob.PostAsync("/2fa/backup-codes")).MustBe("rate_limited");
        (await bob.GetAsync("/2fa/status")).MustSucceed();
    }

    [Test]
    public async Task Without_a_session_the_address_counts()
    {
        await using var app = await StartAsync(ordinary: 2, costly: 2);
        for (var i = 0; i < 2; i++) (await app.NewClient().PostAsync("/2fa/sign-in/verify", new { })).MustBe("no_pending_sign_in");
        (await app.NewClient().PostAsync("/2fa/sign-in/verify", new { })).MustBe("rate_limited");
        // The rest of the application is not limited.
        await app.PassFirstFactorAsync("bob");
    }

    [Test]
    public async Task Limits_that_are_configured_and_not_in_force_are_not_passed_over_in_silence()
    {
        await using var app = await ApiApp.StartAsync(new() { Build = b => b.AddTwoFactorRateLimits() });
        var answer = await app.NewClient().GetAsync("/2fa/status");
        Assert.That((int)answer.Status, Is.EqualTo(500));
    }

    [Test]
    public async Task A_host_may_switch_the_limits_of_an_endpoint_off()
    {
        await using var app = await ApiApp.StartAsync(new()
        {
            Build = b => b.AddTwoFactorRateLimits(o => o.OrdinaryRequests = 1),
            Pipeline = a => a.UseRateLimiter(),
            Map = a => a.MapGroup("/2fa").MapTwoFactorStatus().DisableRateLimiting(),
        });
        var bob = await app.PassFirstFactorAsync("bob");
        for (var i = 0; i < 3; i++) (await bob.GetAsync("/2fa/status")).MustSucceed();
    }

    [TestCase(0, 1, 60)]
    [TestCase(100_001, 1, 60)]
    [TestCase(1, 0, 60)]
    [TestCase(1, 10_001, 60)]
    [TestCase(1, 1, 0)]
    [TestCase(1, 1, 86_401)]
    public void Limits_out_of_range_stop_the_host(int ordinary, int costly, int seconds) =>
        Assert.That(
            async () => await ApiApp.StartAsync(new()
            {
                Build = b => b.AddTwoFactorRateLimits(o => (o.OrdinaryRequests, o.CostlyRequests, o.Window) = (ordinary, costly, TimeSpan.FromSeconds(seconds))),
            }),
            Throws.InstanceOf<OptionsValidationException>());

    private static Task<ApiApp> StartAsync(int ordinary, int costly) => ApiApp.StartAsync(new()
    {
        Build = b => b.AddTwoFactorRateLimits(o => (o.OrdinaryRequests, o.CostlyRequests, o.Window) = (ordinary, costly, TimeSpan.FromDays(1))),
        Pipeline = app => app.UseRateLimiter(),
    });
}
