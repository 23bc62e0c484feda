using NUnit.Framework;
using TwoFactor.AspNetCore.Tests.Endpoints.Support;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Endpoints;

/// <summary>What belongs to one user in the hands of another: no pair of credentials of two users opens anything.</summary>
internal sealed class CrossUserApiTests
{
    private static readonly string[] s_users = ["bob", "eve", "sue"];

    [Test, Attack(23)]
    public async Task A_code_answers_the_sign_in_of_its_own_user_only()
    {
        await using var app = await ApiApp.StartAsync();
        var users = new Dictionary<string, Enrolled>();
        foreach (var user in s_users) users[user] = await app.EnrollAsync(user);
        foreach (var (owner, other) in Pairs())
        {
            var client = await app.HalfSignInAsync(owner);
            (await client.PostAsync("/2fa/sign-in/verify", new { factor = "totp", code = users[other].App.CodeAt(app.Now) })).MustBe("code_wrong");
            (await client.PostAsync("/2fa/sign-in/verify", new { factor = "backup_code", code = users[other].BackupCodes[0] })).MustBe("code_wrong");
            (await client.GetAsync("/2fa/status")).MustBe("unauthenticated");
            (await client.PostAsync("/2fa/sign-in/verify", new { factor = "totp", code = users[owner].App.CodeAt(app.Now) })).MustSucceed();
            app.NextCode();
        }
    }

    [Test, Attack(23)]
    public async Task A_code_steps_up_the_session_of_its_own_user_only()
    {
        await using var app = await ApiApp.StartAsync();
        var users = new Dictionary<string, Enrolled>();
        foreach (var user in s_users) users[user] = await app.EnrollAsync(user);
        foreach (var (owner, other) in Pairs())
        {
            (await users[owner].Client.PostAsync("/2fa/step-up", new { factor = "totp", code = users[other].App.CodeAt(app.Now) })).MustBe("code_wrong");
            (await users[owner].Client.PostAsync("/2fa/step-up", new { factor = "totp", code = users[owner].App.CodeAt(app.Now) })).MustSucceed();
            app.NextCode();
        }
    }

    [Test, Attack(23)]
    public async Task An_offer_is_confirmed_and_drawn_for_its_own_user_only()
    {
        await using var app = await ApiApp.StartAsync();
        var clients = new Dictionary<string, ApiClient>();
        var offers = new Dictionary<string, Answer>();
        foreach (var user in s_users)
        {
            clients[user] = await app.SignInWithoutFactorAsync(user);
            offers[user] = (await clients[user].PostAsync("/2fa/enrollment")).MustSucceed();
        }

        foreach (var (owner, other) in Pairs())
        {
            var ticket = offers[other]["ticket"].GetString();
            foreach (var key in new[] { owner, other })
            {
                var code = AuthenticatorApp.Type(offers[key]["manualKey"].GetString()!).CodeAt(app.Now);
                (await clients[owner].PostAsync("/2fa/enrollment/confirm", new { ticket, code })).MustBe("enrollment_not_pending");
            }

            (await clients[owner].PostAsync("/2fa/enrollment/qr", new { ticket })).MustBe("enrollment_not_pending");
        }

        foreach (var user in s_users) Assert.That((await clients[user].GetAsync("/2fa/status"))["isEnrolled"].GetBoolean(), Is.False);
    }

    [Test, Attack(23)]
    public async Task An_offer_of_a_required_set_up_is_its_own_users_only()
    {
        await using var app = await ApiApp.StartAsync();
        await app.RequireOfEveryoneAsync(ApiApp.Acme);
        var required = new[] { "ada", "bob", "eve" };
        var clients = new Dictionary<string, ApiClient>();
        var offers = new Dictionary<string, Answer>();
        foreach (var user in required)
        {
            clients[user] = await app.HalfSignInAsync(user);
            offers[user] = (await clients[user].PostAsync("/2fa/sign-in/enrollment")).MustSucceed();
        }

        string? TicketOf(string user) => offers[user]["ticket"].GetString();
        string CodeOf(string user) => AuthenticatorApp.Type(offers[user]["manualKey"].GetString()!).CodeAt(app.Now);
        foreach (var (owner, other) in from owner in required from other in required where owner != other select (owner, other))
        {
            // Another's offer with either code, and the own offer with another's code.
            foreach (var key in new[] { owner, other })
                (await clients[owner].PostAsync("/2fa/sign-in/complete", new { ticket = TicketOf(other), code = CodeOf(key) })).MustBe("enrollment_not_pending");
            (await clients[owner].PostAsync("/2fa/sign-in/complete", new { ticket = TicketOf(owner), code = CodeOf(other) })).MustBe("code_wrong");
            (await clients[owner].PostAsync("/2fa/sign-in/enrollment/qr", new { ticket = TicketOf(other) })).MustBe("enrollment_not_pending");
            (await clients[owner].GetAsync("/2fa/status")).MustBe("unauthenticated");
        }

        foreach (var user in required)
            (await clients[user].PostAsync("/2fa/sign-in/complete", new { ticket = TicketOf(user), code = CodeOf(user) })).MustSucceed();
    }

    [Test, Attack(23)]
    public async Task The_session_of_one_user_has_no_part_in_the_half_finished_sign_in_of_another()
    {
        await using var app = await ApiApp.StartAsync();
        var bob = await app.EnrollAsync("bob");
        var eve = await app.EnrollAsync("eve");
        // In one browser Eve begins to sign in while Bob's session is there.
        var shared = bob.Client.Copy();
        var half = await app.PassFirstFactorAsync("eve");
        foreach (var (name, value) in half.Cookies) shared.Cookies[name] = value;
        await shared.WithTokenAsync();
        (await shared.PostAsync("/2fa/sign-in/verify", new { factor = "totp", code = bob.App.CodeAt(app.Now) })).MustBe("code_wrong");
        Assert.That((await shared.GetAsync("/2fa/status"))["authenticatorAccountName"].GetString(), Is.EqualTo("bob@example.org"));
        (await shared.PostAsync("/2fa/sign-in/verify", new { factor = "totp", code = eve.App.CodeAt(app.Now) })).MustSucceed();
        Assert.That((await shared.GetAsync("/2fa/status"))["authenticatorAccountName"].GetString(), Is.EqualTo("eve@example.org"));
    }

    [Test, Attack(23)]
    public async Task A_trusted_browser_is_trusted_for_its_own_user_only()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SavePolicyAsync(ApiApp.Acme, policy => policy with { TrustedDeviceDays = 30 });
        await app.SavePolicyAsync(ApiApp.Globex, policy => policy with { TrustedDeviceDays = 30 });
        var trust = new Dictionary<string, KeyValuePair<string, string>>();
        var users = new Dictionary<string, Enrolled>();
        foreach (var user in s_users)
        {
            users[user] = await app.EnrollAsync(user);
            var client = await app.SignInAsync(users[user], trust: true);
            trust[user] = client.Cookies.Single(c => c.Key.Contains("trust", StringComparison.Ordinal));
        }

        foreach (var (owner, other) in Pairs())
        {
            // The other's token, under its own name and under the owner's.
            foreach (var name in new[] { trust[other].Key, trust[owner].Key })
            {
                var client = app.NewClient();
                client.Cookies[name] = trust[other].Value;
                await app.PassFirstFactorAsync(owner, client);
                Assert.That((await client.GetAsync("/2fa/sign-in")).MustSucceed()["waitsFor"].GetString(), Is.EqualTo("code"));
                (await client.GetAsync("/2fa/status")).MustBe("unauthenticated");
            }
        }

        foreach (var user in s_users)
        {
            var client = app.NewClient();
            client.Cookies[trust[user].Key] = trust[user].Value;
            (await (await app.PassFirstFactorAsync(user, client)).GetAsync("/2fa/status")).MustSucceed();
        }
    }

    [Test, Attack(23)]
    public async Task A_device_is_revoked_by_its_own_user_only()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SavePolicyAsync(ApiApp.Acme, policy => policy with { TrustedDeviceDays = 30 });
        var bob = await app.EnrollAsync("bob");
        var eve = await app.EnrollAsync("eve");
        var client = await app.SignInAsync(bob, trust: true);
        var id = (await client.GetAsync("/2fa/trusted-devices"))["devices"][0].GetProperty("id").GetString();
        (await eve.Client.DeleteAsync("/2fa/trusted-devices/" + id)).MustBe("device_not_found");
        (await eve.Client.DeleteAsync("/2fa/trusted-devices")).MustBe("device_not_found");
        Assert.That((await client.GetAsync("/2fa/trusted-devices"))["devices"].GetArrayLength(), Is.EqualTo(1));
    }

    private static IEnumerable<(string Owner, string Other)> Pairs() => from owner in s_users from other in s_users where owner != other select (owner, other);
}
