using NUnit.Framework;
using TwoFactor.AspNetCore.Tests.Endpoints.Support;

namespace TwoFactor.AspNetCore.Tests.Endpoints;

/// <summary>No change without a token of this browser and this user, at any endpoint.</summary>
internal sealed class AntiforgeryTests
{
    [Test]
    public async Task No_endpoint_changes_anything_without_the_right_token()
    {
        await using var app = await ApiApp.StartAsync();
        var ada = await app.EnrollAsync("ada");
        var bob = await app.EnrollAsync("bob");
        var half = await app.HalfSignInAsync("bob");
        await app.RequireOfEveryoneAsync(ApiApp.Acme);
        var setup = await app.HalfSignInAsync("eve");
        var stranger = await app.SignInWithoutFactorAsync("gus");
        var writes = app.Store.Writes;
        var tried = 0;
        foreach (var operation in Operation.AllOf(app).Where(o => o.IsUnsafe))
        {
            var caller = Caller(operation);
            foreach (var (how, client) in Forgeries(caller, stranger))
            {
                var answer = await client.SendAsync(operation.Method, operation.Path, operation.Example);
                Assert.That(answer.Code, Is.EqualTo("antiforgery_invalid"), $"{how}: {answer}");
                answer.MustBe("antiforgery_invalid");
            }

            // The control: with the token, the same request is judged for what it says.
            if (operation.Name is "TwoFactorVerifySignIn") Assert.That((await caller.SendAsync(operation.Method, operation.Path, operation.Example)).Code, Is.Not.EqualTo("antiforgery_invalid"));
            else tried++;
        }

        Assert.That(tried, Is.GreaterThan(15));
        Assert.That(app.Store.Writes, Is.LessThanOrEqualTo(writes + 1), "Only the control may have been recorded.");

        ApiClient Caller(Operation operation)
        {
            if (!operation.IsOfSignIn) return operation.IsAdministrative ? ada.Client : bob.Client;
            return operation.Pattern.Contains("enrollment", StringComparison.Ordinal) || operation.Pattern.Contains("complete", StringComparison.Ordinal) ? setup : half;
        }
    }

    [Test]
    public async Task With_the_token_the_same_requests_are_heard()
    {
        await using var app = await ApiApp.StartAsync();
        var ada = await app.EnrollAsync("ada");
        foreach (var operation in Operation.AllOf(app).Where(o => o.IsUnsafe && o.IsAdministrative))
        {
            var answer = await ada.Client.SendAsync(operation.Method, operation.Path, operation.Example);
            Assert.That(answer.Code, Is.Not.EqualTo("antiforgery_invalid"), answer.ToString);
        }
    }

    [Test]
    public async Task A_token_from_before_the_sign_in_is_nobodys_after_it()
    {
        await using var app = await ApiApp.StartAsync();
        var bob = await app.EnrollAsync("bob");
        var client = await app.HalfSignInAsync("bob");
        (await client.PostAsync("/2fa/sign-in/verify", new { factor = "totp", code = bob.App.CodeAt(app.Now) })).MustSucceed();
        (await client.PostAsync("/2fa/backup-codes")).MustBe("antiforgery_invalid");
        await client.WithTokenAsync();
        (await client.PostAsync("/2fa/backup-codes")).MustSucceed();
    }

    [Test]
    public async Task A_step_up_leaves_the_token_valid()
    {
        await using var app = await ApiApp.StartAsync();
        var bob = await app.EnrollAsync("bob");
        (await bob.Client.PostAsync("/2fa/step-up", new { factor = "totp", code = bob.App.CodeAt(app.Now) })).MustSucceed();
        (await bob.Client.PostAsync("/2fa/backup-codes")).MustSucceed();
    }

    private static IEnumerable<(string How, ApiClient Client)> Forgeries(ApiClient caller, ApiClient stranger)
    {
        yield return ("no token", With(c => c.Antiforgery = null));
        yield return ("an empty token", With(c => c.Antiforgery = ""));
        yield return ("rubbish", With(c => c.Antiforgery = "CfDJ8" + new string('x', 100)));
        yield return ("another user's token", With(c => c.Antiforgery = stranger.Antiforgery));
        yield return ("another user's token with its cookie", With(c =>
        {
            c.Antiforgery = stranger.Antiforgery;
            foreach (var (name, value) in stranger.Cookies.Where(IsAntiforgery)) c.Cookies[name] = value;
        }));
        yield return ("no antiforgery cookie", With(c =>
        {
            foreach (var name in c.Cookies.Where(IsAntiforgery).Select(cookie => cookie.Key).ToList()) c.Cookies.Remove(name);
        }));
        yield return ("the cookie's value as the token", With(c => c.Antiforgery = c.Cookies.Single(IsAntiforgery).Value));

        ApiClient With(Action<ApiClient> change)
        {
            var copy = caller.Copy();
            change(copy);
            return copy;
        }
    }

    private static bool IsAntiforgery(KeyValuePair<string, string> cookie) => cookie.Key.Contains("Antiforgery", StringComparison.OrdinalIgnoreCase);
}
