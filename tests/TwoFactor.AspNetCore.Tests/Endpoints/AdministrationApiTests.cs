using System.Net;
using System.Text.Json;
using NUnit.Framework;
using TwoFactor.AspNetCore.Tests.Endpoints.Support;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Endpoints;

/// <summary>What administrators read and do through the API, each in his organisation.</summary>
internal sealed class AdministrationApiTests
{
    [Test, Feature("A10"), Feature("B9")]
    public async Task Users_are_found_filtered_sorted_and_paged()
    {
        await using var app = await ApiApp.StartAsync();
        var ada = await app.EnrollAsync("ada");
        var bob = await app.EnrollAsync("bob");
        await LockAsync(app, bob);

        Assert.Multiple(async () =>
        {
            Assert.That(await IdsAsync(""), Is.EqualTo(new[] { "ada", "bob", "eve", "sue" }));
            Assert.That(await IdsAsync("&enabled=true"), Is.EqualTo(new[] { "ada", "bob" }));
            Assert.That(await IdsAsync("&enabled=false"), Is.EqualTo(new[] { "eve", "sue" }));
            Assert.That(await IdsAsync("&status=locked"), Is.EqualTo(new[] { "bob" }));
            Assert.That(await IdsAsync("&status=enrolled&status=not_enrolled"), Is.EqualTo(new[] { "ada", "eve", "sue" }));
            Assert.That(await IdsAsync("&sort=name&descending=true"), Is.EqualTo(new[] { "sue", "eve", "bob", "ada" }));
            Assert.That((await IdsAsync("&sort=status"))[0], Is.EqualTo("bob"));
            Assert.That((await IdsAsync("&sort=previous_sign_in&descending=true")), Has.Length.EqualTo(4));
            Assert.That(await IdsAsync("&search=EVE%40EX"), Is.EqualTo(new[] { "eve" }));
            Assert.That(await IdsAsync("&search="), Has.Length.EqualTo(4));
            Assert.That(await IdsAsync("&search=nobody"), Is.Empty);
        });

        var seen = new List<string>();
        for (var after = ""; ;)
        {
            var page = (await ada.Client.GetAsync("/2fa/admin/users?organization=acme&pageSize=1" + after)).MustSucceed();
            seen.AddRange(page["users"].EnumerateArray().Select(u => u.GetProperty("id").GetString()!));
            if (page["next"].GetString() is not { } next) break;
            after = "&after=" + Uri.EscapeDataString(next);
        }

        Assert.That(seen, Is.EqualTo(new[] { "ada", "bob", "eve", "sue" }));

        async Task<string[]> IdsAsync(string query) =>
            [.. (await ada.Client.GetAsync("/2fa/admin/users?organization=acme" + query)).MustSucceed()["users"].EnumerateArray().Select(u => u.GetProperty("id").GetString()!)];
    }

    [Test, Feature("A8")]
    public async Task A_users_details_tell_of_codes_locks_and_rules_and_hold_no_secret()
    {
        await using var app = await ApiApp.StartAsync();
        var ada = await app.EnrollAsync("ada");
        await app.RequireOfEveryoneAsync(ApiApp.Acme);
        var enrolled = (await ada.Client.GetAsync("/2fa/admin/users?organization=acme")).MustSucceed()["users"][0];
        var bob = (await ada.Client.GetAsync("/2fa/admin/users/bob?organization=acme")).MustSucceed();

        Assert.That(enrolled.GetProperty("backupCodesLeft").GetInt32(), Is.EqualTo(10));
        Assert.That(enrolled.GetProperty("backupCodesGeneratedAt").GetDateTimeOffset(), Is.EqualTo(app.Now - TimeSpan.FromSeconds(30)));
        Assert.That(bob["user"].GetProperty("status").GetString(), Is.EqualTo("overdue"));
        Assert.That(bob["user"].GetProperty("kind").GetString(), Is.EqualTo("member"));
        Assert.That(bob["rules"][0].GetProperty("ruleId").GetString(), Is.EqualTo("all"));
        Assert.That(bob["rules"][0].GetProperty("standing").GetString(), Is.EqualTo("decides"));
    }

    [Test, Feature("B9")]
    public async Task A_locked_user_is_unlocked()
    {
        await using var app = await ApiApp.StartAsync();
        var (ada, bob) = (await app.EnrollAsync("ada"), await app.EnrollAsync("bob"));
        await LockAsync(app, bob);
        var locked = (await ada.Client.GetAsync("/2fa/admin/users/bob?organization=acme")).MustSucceed()["user"];
        Assert.That(locked.GetProperty("status").GetString(), Is.EqualTo("locked"));
        Assert.That(locked.GetProperty("lock").GetProperty("reason").GetString(), Is.EqualTo("code_failures"));
        Assert.That((await ada.Client.PostAsync("/2fa/admin/users/bob/unlock?organization=acme", new { reason = "called" })).MustSucceed().Status, Is.EqualTo(HttpStatusCode.NoContent));
        await app.SignInAsync(bob);
    }

    [Test, Feature("A9"), Feature("A12")]
    public async Task A_reset_asks_for_a_reason_and_kills_everything_that_was()
    {
        await using var app = await ApiApp.StartAsync();
        var (ada, bob) = (await app.EnrollAsync("ada"), await app.EnrollAsync("bob"));
        var refused = (await ada.Client.PostAsync("/2fa/admin/users/bob/reset?organization=acme", new { reason = " ", identityVerification = "seen" })).MustBe("value_invalid");
        Assert.That(refused["errors"][0].GetProperty("field").GetString(), Is.EqualTo("$.reason"));
        (await bob.Client.GetAsync("/2fa/status")).MustSucceed();
        (await ada.Client.PostAsync("/2fa/admin/users/bob/reset?organization=acme", new { reason = "lost the phone", identityVerification = "video call" })).MustSucceed();
        (await bob.Client.GetAsync("/2fa/status")).MustBe("unauthenticated");
        var events = (await ada.Client.GetAsync("/2fa/admin/audit?organization=acme&subject=bob&pageSize=1")).MustSucceed()["events"];
        Assert.That(events[0].GetProperty("actor").GetString(), Is.EqualTo("ada"));
        Assert.That(events[0].GetProperty("details").EnumerateObject().Select(d => d.Value.GetString()), Does.Contain("video call"));
        var again = await app.SignInWithoutFactorAsync("bob");
        Assert.That((await again.GetAsync("/2fa/status"))["isEnrolled"].GetBoolean(), Is.False);
    }

    [Test, Feature("B10")]
    public async Task A_user_is_unregistered_by_an_administrator()
    {
        await using var app = await ApiApp.StartAsync();
        var (ada, bob) = (await app.EnrollAsync("ada"), await app.EnrollAsync("bob"));
        (await ada.Client.PostAsync("/2fa/admin/users/bob/unregister?organization=acme", new { reason = "new phone" })).MustSucceed();
        (await ada.Client.PostAsync("/2fa/admin/users/bob/unregister?organization=acme", new { reason = "new phone" })).MustBe("not_enrolled");
        (await bob.Client.GetAsync("/2fa/status")).MustBe("unauthenticated");
    }

    [Test]
    public async Task Grace_is_extended_and_a_user_exempted()
    {
        await using var app = await ApiApp.StartAsync();
        var ada = await app.EnrollAsync("ada");
        await app.RequireOfEveryoneAsync(ApiApp.Acme, TimeSpan.FromDays(2));
        (await ada.Client.PostAsync("/2fa/admin/users/bob/grace?organization=acme", new { days = 2.5, reason = "on holiday" })).MustSucceed();
        Assert.That(await UserAsync("statusUntil"), Is.EqualTo(app.Now + TimeSpan.FromDays(3.5)));
        (await ada.Client.PostAsync("/2fa/admin/users/bob/exemption?organization=acme", new { until = app.Now + TimeSpan.FromDays(30), reason = "ill" })).MustSucceed();
        Assert.That(await UserAsync("statusUntil"), Is.EqualTo(app.Now + TimeSpan.FromDays(30)));
        foreach (var days in new[] { 0, -1, 366, 1e300, -1e300 })
        {
            var answer = (await ada.Client.PostAsync("/2fa/admin/users/bob/grace?organization=acme", new { days, reason = "x" })).MustBe("value_invalid");
            Assert.That(answer["errors"][0].GetProperty("field").GetString(), Is.EqualTo("$.days"));
        }

        (await ada.Client.PostAsync("/2fa/admin/users/bob/exemption?organization=acme", new { until = app.Now + TimeSpan.FromDays(366), reason = "x" })).MustBe("value_invalid");

        async Task<DateTimeOffset> UserAsync(string member) =>
            (await ada.Client.GetAsync("/2fa/admin/users/bob?organization=acme")).MustSucceed()["user"].GetProperty(member).GetDateTimeOffset();
    }

    [Test]
    public async Task An_administrator_revokes_a_users_devices()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SavePolicyAsync(ApiApp.Acme, policy => policy with { TrustedDeviceDays = 30 });
        var (ada, bob) = (await app.EnrollAsync("ada"), await app.EnrollAsync("bob"));
        var browser = await app.SignInAsync(bob, trust: true);
        (await ada.Client.PostAsync("/2fa/admin/users/bob/trusted-devices/revoke?organization=acme", new { reason = "stolen" })).MustSucceed();
        Assert.That((await browser.GetAsync("/2fa/trusted-devices")).MustSucceed()["devices"].GetArrayLength(), Is.Zero);
        var asked = await app.PassFirstFactorAsync("bob", browser);
        (await asked.GetAsync("/2fa/sign-in")).MustSucceed();
    }

    [Test, Attack(31)]
    public async Task Two_organisations_are_kept_apart()
    {
        await using var app = await ApiApp.StartAsync();
        var (ada, gus) = (await app.EnrollAsync("ada"), await app.EnrollAsync("gus"));
        await app.EnrollAsync("bob");
        await app.EnrollAsync("sue");
        foreach (var operation in Operation.AllOf(app).Where(o => o.IsAdministrative))
        {
            // Gus has no say in Acme, whomever he names.
            (await gus.Client.SendAsync(operation.Method, operation.Path, operation.Example)).MustBe("not_authorized");
            if (!operation.Pattern.Contains("{user}", StringComparison.Ordinal)) continue;
            // In Globex he has, and Bob is not there.
            var path = operation.Path.Replace("=acme", "=globex", StringComparison.Ordinal);
            (await gus.Client.SendAsync(operation.Method, path, operation.Example)).MustBe("other_organization");
        }

        Assert.That((await gus.Client.GetAsync("/2fa/admin/users?organization=globex")).MustSucceed()["users"].EnumerateArray().Select(u => u.GetProperty("id").GetString()), Is.EqualTo(new[] { "gus", "sue" }));
        (await gus.Client.GetAsync("/2fa/admin/audit?organization=globex&subject=bob")).MustBe("other_organization");
        (await gus.Client.GetAsync("/2fa/admin/audit/verify?organization=globex&subject=bob")).MustBe("other_organization");
        // Sue belongs to both: neither may take her authenticator away alone, and each may unlock her.
        (await gus.Client.PostAsync("/2fa/admin/users/sue/reset?organization=globex", new { reason = "x", identityVerification = "y" })).MustBe("shared_user");
        (await ada.Client.PostAsync("/2fa/admin/users/sue/unregister?organization=acme", new { reason = "x" })).MustBe("shared_user");
        (await ada.Client.PostAsync("/2fa/admin/users/sue/unlock?organization=acme", new { })).MustSucceed();
        // What Acme did about her does not show in Globex.
        var seen = (await gus.Client.GetAsync("/2fa/admin/audit?organization=globex&subject=sue&pageSize=500")).MustSucceed()["events"].EnumerateArray();
        Assert.That(seen.Select(e => e.GetProperty("organization").GetString()), Does.Not.Contain("acme"));
    }

    [Test, Feature("X10")]
    public async Task The_audit_trail_is_read_in_pages_filtered_and_verified()
    {
        await using var app = await ApiApp.StartAsync();
        var ada = await app.EnrollAsync("ada");
        await app.EnrollAsync("bob");
        await app.RequireOfEveryoneAsync(ApiApp.Acme, TimeSpan.FromDays(7));
        var all = new List<JsonElement>();
        for (var after = ""; ;)
        {
            var page = (await ada.Client.GetAsync("/2fa/admin/audit?organization=acme&pageSize=3" + after)).MustSucceed();
            all.AddRange(page["events"].EnumerateArray());
            if (page["next"].GetString() is not { } next) break;
            after = "&after=" + Uri.EscapeDataString(next);
        }

        var whole = (await ada.Client.GetAsync("/2fa/admin/audit?organization=acme&pageSize=500")).MustSucceed()["events"].EnumerateArray().ToList();
        Assert.That(all.Select(e => e.GetRawText()), Is.EqualTo(whole.Select(e => e.GetRawText())));
        Assert.That(whole[0].GetProperty("hash").GetString(), Does.Match("^[0-9a-f]{64}$"));
        var setups = (await ada.Client.GetAsync("/2fa/admin/audit?organization=acme&name=mfa_setup_succeeded&name=sign_in_failed")).MustSucceed()["events"];
        Assert.That(setups.EnumerateArray().Select(e => e.GetProperty("subject").GetString()), Is.EquivalentTo(new[] { "ada", "bob" }));
        var until = Uri.EscapeDataString((app.Now - TimeSpan.FromSeconds(45)).ToString("yyyy-MM-ddTHH:mm:ssK", System.Globalization.CultureInfo.InvariantCulture));
        var early = (await ada.Client.GetAsync($"/2fa/admin/audit?organization=acme&until={until}&name=mfa_setup_succeeded")).MustSucceed()["events"];
        Assert.That(early.EnumerateArray().Select(e => e.GetProperty("subject").GetString()), Is.EqualTo(new[] { "ada" }));

        var account = (await ada.Client.GetAsync("/2fa/admin/audit/verify?organization=acme&subject=bob")).MustSucceed();
        Assert.That(account["length"].GetInt64(), Is.GreaterThan(1));
        Assert.That(account["brokenAt"].ValueKind, Is.EqualTo(JsonValueKind.Null));
        var organization = (await ada.Client.GetAsync("/2fa/admin/audit/verify?organization=acme")).MustSucceed();
        Assert.That(organization["length"].GetInt64(), Is.EqualTo(1));
    }

    [Test, Feature("B1")]
    public async Task Denials_are_recorded_in_the_actors_chain()
    {
        await using var app = await ApiApp.StartAsync();
        var (ada, bob) = (await app.EnrollAsync("ada"), await app.EnrollAsync("bob"));
        (await bob.Client.PostAsync("/2fa/admin/users/eve/unlock?organization=acme", new { reason = "x" })).MustBe("not_authorized");
        (await ada.Client.PostAsync("/2fa/admin/users/ada/reset?organization=acme", new { reason = "x", identityVerification = "y" })).MustBe("self_administration");
        var denials = (await ada.Client.GetAsync("/2fa/admin/audit?organization=acme&pageSize=500")).MustSucceed()["events"].EnumerateArray()
            .Where(e => e.GetProperty("name").GetString()!.Contains("denied", StringComparison.Ordinal)).Select(e => e.GetProperty("actor").GetString());
        Assert.That(denials, Is.EquivalentTo(new[] { "ada", "bob" }));
    }

    /// <summary>Wrong codes until the account is locked.</summary>
    internal static async Task LockAsync(ApiApp app, Enrolled user)
    {
        for (var i = 0; i < 20; i++)
        {
            var client = await app.PassFirstFactorAsync(user.Name);
            if ((await client.GetAsync("/2fa/sign-in")).Code is not null) return;
            await client.WithTokenAsync();
            for (var answer = await WrongAsync(client); answer.Code == "code_wrong";) answer = await WrongAsync(client);
        }

        Assert.Fail("Nothing locked the account.");

        Task<Answer> WrongAsync(ApiClient client) => client.PostAsync("/2fa/sign-in/verify", new { factor = "totp", code = user.App.WrongCodeAt(app.Now) });
    }
}
