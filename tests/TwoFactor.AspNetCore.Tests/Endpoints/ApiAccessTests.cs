using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.AspNetCore.Tests.Endpoints.Support;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Endpoints;

/// <summary>A crawl of all endpoints by whoever should not be there. What is mapped later is crawled as well.</summary>
internal sealed class ApiAccessTests
{
    private static readonly string[] s_afterFirstFactor =
        ["TwoFactorGetAntiforgeryToken", "TwoFactorGetPendingSignIn", "TwoFactorVerifySignIn", "TwoFactorCancelSignIn"];

    private static readonly string[] s_beforeRequiredSetup =
    [
        "TwoFactorGetAntiforgeryToken", "TwoFactorGetPendingSignIn", "TwoFactorCancelSignIn", "TwoFactorBeginRequiredEnrollment",
        "TwoFactorDrawRequiredEnrollmentQrCode", "TwoFactorCompleteRequiredEnrollment",
    ];

    [Test]
    public async Task Nobody_reaches_anything_without_cookies()
    {
        await using var app = await ApiApp.StartAsync();
        var stranger = app.NewClient();
        await RefusesAllAsync(stranger, Operation.AllOf(app));
    }

    [Test]
    public async Task Nobody_reaches_anything_with_invented_cookies()
    {
        await using var app = await ApiApp.StartAsync();
        var bob = await app.EnrollAsync("bob");
        var half = await app.HalfSignInAsync("bob");
        var stranger = app.NewClient();
        // The names are right, and the values are whole tokens of the other purpose, bits turned, or rubbish.
        foreach (var (name, value) in half.Cookies) stranger.Cookies[name] = Turned(value);
        foreach (var (name, value) in bob.Client.Cookies) stranger.Cookies.TryAdd(name, Turned(value));
        await RefusesAllAsync(stranger, Operation.AllOf(app));
        var session = bob.Client.Cookies.Single(c => c.Key.Contains("Session", StringComparison.Ordinal));
        var pending = half.Cookies.Single(c => c.Key.EndsWith("sign-in", StringComparison.Ordinal));
        var swapped = app.NewClient();
        (swapped.Cookies[session.Key], swapped.Cookies[pending.Key]) = (pending.Value, session.Value);
        await RefusesAllAsync(swapped, Operation.AllOf(app));

        static string Turned(string value) => value.Length < 20 ? "x" : value[..10] + (value[10] == 'A' ? 'B' : 'A') + value[11..];
    }

    [Test, Attack(24)]
    public async Task A_half_finished_sign_in_reaches_its_code_and_nothing_else()
    {
        await using var app = await ApiApp.StartAsync();
        await app.EnrollAsync("ada");
        var client = await app.HalfSignInAsync("ada");
        await RefusesAllAsync(client, Operation.AllOf(app).Where(o => !s_afterFirstFactor.Contains(o.Name)));
        (await client.PostAsync("/2fa/sign-in/verify", new { factor = "totp", code = "1" })).MustBe("code_malformed");
    }

    [Test, Attack(24)]
    public async Task A_sign_in_that_waits_for_a_set_up_reaches_that_and_nothing_else()
    {
        await using var app = await ApiApp.StartAsync();
        await app.RequireOfEveryoneAsync(ApiApp.Acme);
        var client = await app.HalfSignInAsync("ada");
        await RefusesAllAsync(client, Operation.AllOf(app).Where(o => !s_beforeRequiredSetup.Contains(o.Name)));
        (await client.PostAsync("/2fa/sign-in/enrollment")).MustSucceed();
    }

    [Test]
    public async Task A_session_of_an_earlier_epoch_reaches_nothing()
    {
        await using var app = await ApiApp.StartAsync();
        var ada = await app.EnrollAsync("ada");
        var elsewhere = await app.SignInAsync(ada);
        (await ada.Client.DeleteAsync("/2fa/enrollment")).MustSucceed();
        foreach (var operation in Operation.AllOf(app).Where(o => !o.IsOfSignIn))
        {
            // The first answer deletes the cookie; a copied one is as dead.
            (await elsewhere.Copy().SendAsync(operation.Method, operation.Path, operation.Example)).MustBe("unauthenticated");
        }
    }

    [Test]
    public async Task Who_is_no_administrator_gets_nothing_out_of_administration()
    {
        await using var app = await ApiApp.StartAsync();
        var bob = await app.EnrollAsync("bob");
        await app.EnrollAsync("eve");
        foreach (var operation in Operation.AllOf(app).Where(o => o.IsAdministrative))
        {
            var path = operation.Path.Replace("/bob", "/eve", StringComparison.Ordinal);
            (await bob.Client.SendAsync(operation.Method, path, operation.Example)).MustBe("not_authorized");
        }
    }

    [Test]
    public async Task Administration_asks_for_a_session_whose_second_factor_was_really_passed()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SavePolicyAsync(ApiApp.Acme, policy => policy with { TrustedDeviceDays = 30 });
        var early = await app.SignInWithoutFactorAsync("ada");
        var ada = await app.EnrollAsync("ada");
        var browser = await app.SignInAsync(ada, trust: true);
        var trusted = await (await app.PassFirstFactorAsync("ada", browser)).WithTokenAsync();
        foreach (var operation in Operation.AllOf(app).Where(o => o.IsAdministrative))
        {
            Assert.That((await early.SendAsync(operation.Method, operation.Path, operation.Example)).MustBe("step_up_required")["reason"].GetString(), Is.EqualTo("missing"));
            Assert.That((await trusted.SendAsync(operation.Method, operation.Path, operation.Example)).MustBe("step_up_required")["reason"].GetString(), Is.EqualTo("not_a_real_factor"));
        }

        (await trusted.PostAsync("/2fa/step-up", new { factor = "totp", code = ada.App.CodeAt(app.Now) })).MustSucceed();
        (await trusted.GetAsync("/2fa/admin/users?organization=acme")).MustSucceed();
    }

    [Test]
    public async Task Administration_can_ask_for_a_fresh_proof()
    {
        await using var app = await ApiApp.StartAsync(new() { Build = b => b.AddTwoFactorApi(o => o.AdministrationProofMaxAge = TimeSpan.FromMinutes(5)) });
        var ada = await app.EnrollAsync("ada");
        (await ada.Client.GetAsync("/2fa/admin/users?organization=acme")).MustSucceed();
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.That((await ada.Client.GetAsync("/2fa/admin/users?organization=acme")).MustBe("step_up_required")["reason"].GetString(), Is.EqualTo("stale"));
    }

    [Test]
    public async Task What_is_read_changes_nothing()
    {
        await using var app = await ApiApp.StartAsync();
        var ada = await app.EnrollAsync("ada");
        await app.EnrollAsync("bob");
        var half = await app.HalfSignInAsync("bob");
        var writes = app.Store.Writes;
        var audit = await AuditOfAsync();
        foreach (var get in Operation.AllOf(app).Where(o => !o.IsUnsafe)) (await (get.IsOfSignIn ? half : ada.Client).GetAsync(get.Path)).MustSucceed();
        Assert.That(app.Store.Writes, Is.EqualTo(writes));
        Assert.That(await AuditOfAsync(), Is.EqualTo(audit));

        async Task<string> AuditOfAsync() => (await ada.Client.GetAsync("/2fa/admin/audit?organization=acme&pageSize=500")).MustSucceed().Text;
    }

    private static async Task RefusesAllAsync(ApiClient client, IEnumerable<Operation> operations)
    {
        var refused = 0;
        foreach (var operation in operations)
        {
            var answer = await client.SendAsync(operation.Method, operation.Path, operation.Example);
            answer.MustBe(operation.IsOfSignIn ? "no_pending_sign_in" : "unauthenticated");
            Assert.That((int)answer.Status, Is.EqualTo(401));
            refused++;
        }

        Assert.That(refused, Is.GreaterThan(20));
    }
}
