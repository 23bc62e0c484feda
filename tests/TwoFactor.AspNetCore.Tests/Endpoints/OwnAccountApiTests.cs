using System.Net;
using NUnit.Framework;
using TwoFactor.AspNetCore.Tests.Endpoints.Support;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Endpoints;

/// <summary>What a user does for himself, from the first set-up to the removal, as a program in the browser sees it.</summary>
internal sealed class OwnAccountApiTests
{
    [Test, Feature("A1")]
    public async Task A_user_sets_up_an_authenticator_and_signs_in_with_it()
    {
        await using var app = await ApiApp.StartAsync();
        var client = await app.SignInWithoutFactorAsync("bob");
        var before = (await client.GetAsync("/2fa/status")).MustSucceed();
        var offer = (await client.PostAsync("/2fa/enrollment")).MustSucceed();
        var phone = AuthenticatorApp.Type(offer["manualKey"].GetString()!);
        var confirmed = (await client.PostAsync("/2fa/enrollment/confirm", new { ticket = offer["ticket"].GetString(), code = phone.CodeAt(app.Now) })).MustSucceed();
        var after = (await client.GetAsync("/2fa/status")).MustSucceed();
        app.NextCode();
        var again = await app.SignInAsync(new Enrolled("bob", client, phone, []));
        var status = (await again.GetAsync("/2fa/status")).MustSucceed();

        Assert.Multiple(() =>
        {
            Assert.That(before["isEnrolled"].GetBoolean(), Is.False);
            Assert.That(offer["uri"].GetString(), Does.StartWith("otpauth://totp/Acme:bob%40example.org?"));
            Assert.That(offer["accountName"].GetString(), Is.EqualTo("bob@example.org"));
            Assert.That(confirmed["backupCodes"].GetArrayLength(), Is.EqualTo(10));
            Assert.That(confirmed["signedIn"].GetBoolean(), Is.True);
            Assert.That(after["isEnrolled"].GetBoolean(), Is.True);
            Assert.That(after["proof"].GetProperty("factor").GetString(), Is.EqualTo("totp"));
            Assert.That(status["backupCodesLeft"].GetInt32(), Is.EqualTo(10));
            Assert.That(status["enforcement"].GetProperty("outcome").GetString(), Is.EqualTo("require_challenge"));
            Assert.That(status["enforcement"].GetProperty("needsStepUp").GetBoolean(), Is.False);
        });
    }

    [Test]
    public async Task The_codes_are_those_of_oathtool()
    {
        ExternalTool.Require("oathtool");
        await using var app = await ApiApp.StartAsync();
        var client = await app.SignInWithoutFactorAsync("bob");
        var offer = (await client.PostAsync("/2fa/enrollment")).MustSucceed();
        var seed = AuthenticatorApp.Type(offer["manualKey"].GetString()!).SeedInHex;
        var code = ExternalTool.Run("oathtool", ["--totp", "--now", app.Now.ToString("yyyy-MM-dd HH:mm:ss UTC", System.Globalization.CultureInfo.InvariantCulture), seed]).Trim();
        (await client.PostAsync("/2fa/enrollment/confirm", new { ticket = offer["ticket"].GetString(), code })).MustSucceed();
    }

    [Test]
    public async Task The_picture_of_an_offer_is_read_by_a_camera()
    {
        ExternalTool.Require("zbarimg");
        await using var app = await ApiApp.StartAsync();
        var client = await app.SignInWithoutFactorAsync("bob");
        var offer = (await client.PostAsync("/2fa/enrollment")).MustSucceed();
        var png = (await client.PostAsync("/2fa/enrollment/qr", new { ticket = offer["ticket"].GetString(), format = "png", size = 480 })).MustSucceed();
        var svg = (await client.PostAsync("/2fa/enrollment/qr", new { ticket = offer["ticket"].GetString() })).MustSucceed();
        var file = Path.Combine(Path.GetTempPath(), $"two-factor-api-{Environment.ProcessId}.png");
        try
        {
            await File.WriteAllBytesAsync(file, png.Bytes);
            Assert.That(ExternalTool.Run("zbarimg", ["--quiet", "--raw", file]).Trim(), Is.EqualTo(offer["uri"].GetString()));
        }
        finally
        {
            File.Delete(file);
        }

        Assert.That(png.MediaType, Is.EqualTo("image/png"));
        Assert.That(svg.MediaType, Is.EqualTo("image/svg+xml"));
        Assert.That(svg.Text, Does.StartWith("<svg"));
    }

    [Test]
    public async Task A_sign_in_tells_what_it_waits_for_and_goes_on_after_a_wrong_code()
    {
        await using var app = await ApiApp.StartAsync();
        var bob = await app.EnrollAsync("bob");
        var client = await app.HalfSignInAsync("bob");
        var waiting = (await client.GetAsync("/2fa/sign-in")).MustSucceed();
        var wrong = await client.PostAsync("/2fa/sign-in/verify", new { factor = "totp", code = bob.App.WrongCodeAt(app.Now) });
        var later = (await client.GetAsync("/2fa/sign-in")).MustSucceed();
        var signedIn = (await client.PostAsync("/2fa/sign-in/verify", new { factor = "backup_code", code = bob.BackupCodes[3] })).MustSucceed();

        Assert.Multiple(() =>
        {
            Assert.That(waiting["waitsFor"].GetString(), Is.EqualTo("code"));
            Assert.That(waiting["attemptsLeft"].GetInt32(), Is.EqualTo(3));
            Assert.That(waiting["hasBackupCodes"].GetBoolean(), Is.True);
            Assert.That(wrong.Code, Is.EqualTo("code_wrong"));
            Assert.That(wrong["attemptsLeft"].GetInt32(), Is.EqualTo(2));
            Assert.That(later["attemptsLeft"].GetInt32(), Is.EqualTo(2));
            Assert.That(signedIn["backupCodesLeft"].GetInt32(), Is.EqualTo(9));
            Assert.That(signedIn["returnUrl"].GetString(), Is.EqualTo("/inbox"));
        });
        (await client.GetAsync("/2fa/status")).MustSucceed();
        (await client.GetAsync("/2fa/sign-in")).MustBe("no_pending_sign_in");
    }

    [Test]
    public async Task A_sign_in_can_be_cancelled()
    {
        await using var app = await ApiApp.StartAsync();
        await app.EnrollAsync("bob");
        var client = await app.HalfSignInAsync("bob");
        Assert.That((await client.DeleteAsync("/2fa/sign-in")).MustSucceed().Status, Is.EqualTo(HttpStatusCode.NoContent));
        (await client.GetAsync("/2fa/sign-in")).MustBe("no_pending_sign_in");
    }

    [Test]
    public async Task A_required_set_up_signs_in_when_it_is_complete()
    {
        await using var app = await ApiApp.StartAsync();
        await app.RequireOfEveryoneAsync(ApiApp.Acme);
        var client = await app.HalfSignInAsync("bob");
        var waiting = (await client.GetAsync("/2fa/sign-in")).MustSucceed();
        var offer = (await client.PostAsync("/2fa/sign-in/enrollment", new { })).MustSucceed();
        (await client.PostAsync("/2fa/sign-in/enrollment/qr", new { ticket = offer["ticket"].GetString() })).MustSucceed();
        var phone = AuthenticatorApp.Type(offer["manualKey"].GetString()!);
        (await client.PostAsync("/2fa/sign-in/complete", new { ticket = offer["ticket"].GetString(), code = phone.WrongCodeAt(app.Now) })).MustBe("code_wrong");
        var complete = (await client.PostAsync("/2fa/sign-in/complete", new { ticket = offer["ticket"].GetString(), code = phone.CodeAt(app.Now) })).MustSucceed();

        Assert.That(waiting["waitsFor"].GetString(), Is.EqualTo("enrollment"));
        Assert.That(waiting["deadline"].GetDateTimeOffset(), Is.LessThanOrEqualTo(app.Now));
        Assert.That(complete["signedIn"].GetBoolean(), Is.True);
        Assert.That(complete["returnUrl"].GetString(), Is.EqualTo("/inbox"));
        Assert.That(complete["backupCodes"].GetArrayLength(), Is.EqualTo(10));
        Assert.That((await client.GetAsync("/2fa/status")).MustSucceed()["proof"].GetProperty("factor").GetString(), Is.EqualTo("totp"));
    }

    [Test]
    public async Task During_grace_the_status_tells_the_deadline()
    {
        await using var app = await ApiApp.StartAsync();
        await app.RequireOfEveryoneAsync(ApiApp.Acme, TimeSpan.FromDays(7));
        var client = await app.SignInWithoutFactorAsync("bob");
        var enforcement = (await client.GetAsync("/2fa/status")).MustSucceed()["enforcement"];
        Assert.That(enforcement.GetProperty("outcome").GetString(), Is.EqualTo("allow_until"));
        Assert.That(enforcement.GetProperty("deadline").GetDateTimeOffset(), Is.EqualTo(app.Now + TimeSpan.FromDays(6)));
    }

    [Test, Feature("X8")]
    public async Task A_stale_session_steps_up_and_goes_on()
    {
        await using var app = await ApiApp.StartAsync();
        var bob = await app.EnrollAsync("bob");
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.That((await bob.Client.PostAsync("/2fa/backup-codes")).MustBe("step_up_required")["reason"].GetString(), Is.EqualTo("stale"));
        var proved = (await bob.Client.PostAsync("/2fa/step-up", new { factor = "totp", code = bob.App.CodeAt(app.Now) })).MustSucceed();
        var made = (await bob.Client.PostAsync("/2fa/backup-codes")).MustSucceed();

        Assert.That(proved["proof"].GetProperty("provedAt").GetDateTimeOffset(), Is.EqualTo(app.Now));
        Assert.That(made["backupCodes"].EnumerateArray().Select(c => c.GetString()).Except(bob.BackupCodes), Has.Exactly(10).Items);
    }

    [Test, Feature("A8")]
    public async Task Backup_codes_are_counted_and_never_shown_again()
    {
        await using var app = await ApiApp.StartAsync();
        var bob = await app.EnrollAsync("bob");
        var count = (await bob.Client.GetAsync("/2fa/backup-codes")).MustSucceed();
        Assert.That(count["left"].GetInt32(), Is.EqualTo(10));
        Assert.That(count["generatedAt"].GetDateTimeOffset(), Is.EqualTo(app.Now - TimeSpan.FromSeconds(30)));
        foreach (var get in Operation.AllOf(app).Where(o => !o.IsUnsafe))
        {
            var answer = await bob.Client.GetAsync(get.Path);
            foreach (var code in bob.BackupCodes) Assert.That(answer.Text, Does.Not.Contain(code), get.ToString());
        }
    }

    [Test, Feature("B11"), Feature("B12")]
    public async Task Who_removes_his_authenticator_is_signed_out_everywhere_and_told_to_delete_the_entry()
    {
        await using var app = await ApiApp.StartAsync();
        var bob = await app.EnrollAsync("bob");
        var elsewhere = await app.SignInAsync(bob);
        bob.Client.AcceptLanguage = "de";
        var removed = (await bob.Client.DeleteAsync("/2fa/enrollment")).MustSucceed();

        Assert.That(removed["issuer"].GetString(), Is.EqualTo("Acme"));
        Assert.That(removed["accountName"].GetString(), Is.EqualTo("bob@example.org"));
        Assert.That(removed["message"].GetString(), Does.Contain("Löschen"));
        (await bob.Client.GetAsync("/2fa/status")).MustBe("unauthenticated");
        (await elsewhere.GetAsync("/2fa/status")).MustBe("unauthenticated");
    }

    [Test]
    public async Task Replacing_the_authenticator_keeps_this_session_and_ends_the_others()
    {
        await using var app = await ApiApp.StartAsync();
        var bob = await app.EnrollAsync("bob");
        var elsewhere = await app.SignInAsync(bob);
        var replaced = await app.EnrollAsync("bob", bob.Client);
        (await replaced.Client.GetAsync("/2fa/status")).MustSucceed();
        (await elsewhere.GetAsync("/2fa/status")).MustBe("unauthenticated");
    }

    [Test, Feature("C2")]
    public async Task Trusted_devices_are_listed_and_revoked()
    {
        await using var app = await ApiApp.StartAsync();
        await app.SavePolicyAsync(ApiApp.Acme, policy => policy with { TrustedDeviceDays = 30 });
        var bob = await app.EnrollAsync("bob");
        var offered = await app.HalfSignInAsync("bob");
        var laptop = await app.SignInAsync(bob, trust: true);
        var tablet = await app.SignInAsync(bob, trust: true);
        var list = (await laptop.GetAsync("/2fa/trusted-devices")).MustSucceed()["devices"].EnumerateArray().ToList();

        Assert.That((await offered.GetAsync("/2fa/sign-in"))["trustDays"].GetInt32(), Is.EqualTo(30));
        Assert.That(list, Has.Count.EqualTo(2));
        Assert.That(list[0].GetProperty("name").GetString(), Is.EqualTo("Firefox on Linux"));
        Assert.That(list[0].GetProperty("expiresAt").GetDateTimeOffset(), Is.EqualTo(list[0].GetProperty("trustedAt").GetDateTimeOffset() + TimeSpan.FromDays(30)));

        // A trusted browser is let in without a code, and its session carries nothing that asks for a proof.
        var trusted = await app.PassFirstFactorAsync("bob", tablet);
        await trusted.WithTokenAsync();
        Assert.That((await trusted.GetAsync("/2fa/status")).MustSucceed()["proof"].GetProperty("viaTrust").GetBoolean(), Is.True);
        Assert.That((await trusted.PostAsync("/2fa/backup-codes")).MustBe("step_up_required")["reason"].GetString(), Is.EqualTo("not_a_real_factor"));

        Assert.That((await laptop.DeleteAsync("/2fa/trusted-devices/" + list[0].GetProperty("id").GetString())).MustSucceed()["revoked"].GetInt32(), Is.EqualTo(1));
        (await laptop.DeleteAsync("/2fa/trusted-devices/" + list[0].GetProperty("id").GetString())).MustBe("device_not_found");
        Assert.That((await laptop.DeleteAsync("/2fa/trusted-devices")).MustSucceed()["revoked"].GetInt32(), Is.EqualTo(1));
        Assert.That((await laptop.GetAsync("/2fa/trusted-devices")).MustSucceed()["devices"].GetArrayLength(), Is.Zero);
        var asked = await app.PassFirstFactorAsync("bob", trusted);
        Assert.That((await asked.GetAsync("/2fa/sign-in")).MustSucceed()["waitsFor"].GetString(), Is.EqualTo("code"));
    }
}
