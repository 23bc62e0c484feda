using NUnit.Framework;
using TwoFactor.AspNetCore.Tests.Endpoints.Support;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Endpoints;

/// <summary>Many requests at once over real connections.</summary>
internal sealed class ApiRaceTests
{
    private const int Parallel = 32;

    [Test, Attack(2)]
    public async Task One_code_at_many_doors_opens_one()
    {
        await using var app = await ApiApp.StartAsync();
        var bob = await app.EnrollAsync("bob");
        var clients = new List<ApiClient>();
        for (var i = 0; i < 4; i++) clients.Add(await app.HalfSignInAsync("bob"));
        var body = new { factor = "totp", code = bob.App.CodeAt(app.Now) };
        var answers = await Task.WhenAll(Enumerable.Range(0, Parallel).Select(i => i % 5 == 4
            ? bob.Client.Copy().PostAsync("/2fa/step-up", body)
            : clients[i % 5].Copy().PostAsync("/2fa/sign-in/verify", body)));
        Assert.That(answers.Count(a => a.Code is null), Is.EqualTo(1));
        Assert.That(answers.Select(a => a.Code), Is.All.AnyOf(null, "code_replayed", "contended", "sign_in_void"));
    }

    [Test, Attack(10)]
    public async Task Many_guesses_at_once_are_answered_as_often_as_the_limit_says()
    {
        await using var app = await ApiApp.StartAsync();
        var bob = await app.EnrollAsync("bob");
        var body = new { factor = "totp", code = bob.App.WrongCodeAt(app.Now) };
        var answers = await Task.WhenAll(Enumerable.Range(0, Parallel).Select(_ => bob.Client.Copy().PostAsync("/2fa/step-up", body)));
        Assert.That(answers.Count(a => a.Code == "code_wrong"), Is.LessThanOrEqualTo(4));
        Assert.That(answers.Select(a => a.Code), Is.All.AnyOf("code_wrong", "locked_out", "contended"));
        // The control: the limit was reached, not missed.
        (await bob.Client.PostAsync("/2fa/step-up", body)).MustBe("locked_out");
    }

    [Test, Attack(19)]
    public async Task Of_many_confirmations_at_once_one_wins()
    {
        await using var app = await ApiApp.StartAsync();
        var client = await app.SignInWithoutFactorAsync("bob");
        var offer = (await client.PostAsync("/2fa/enrollment")).MustSucceed();
        var body = new { ticket = offer["ticket"].GetString(), code = AuthenticatorApp.Type(offer["manualKey"].GetString()!).CodeAt(app.Now) };
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.Copy().PostAsync("/2fa/enrollment/confirm", body)));
        Assert.That(answers.Count(a => a.Code is null), Is.EqualTo(1));
        Assert.That(answers.Select(a => a.Code), Is.All.AnyOf(null, "enrollment_not_pending", "contended", "busy"));
    }
}
