using System.Net;
using NUnit.Framework;
using TwoFactor.AspNetCore.Problems;
using TwoFactor.AspNetCore.Tests.Endpoints.Support;

namespace TwoFactor.AspNetCore.Tests.Endpoints;

/// <summary>Every code is provoked once over a real port, and comes with its status, in both languages.</summary>
internal sealed class ProblemCodeTests
{
    /// <summary>Provoked by tests of their own: <see cref="HostileRequestTests"/>, <see cref="RateLimitTests"/>.</summary>
    private static readonly string[] s_elsewhere = ["body_unreadable", "rate_limited"];

    /// <summary>How each code comes about. A new code without a way to provoke it fails.</summary>
    private static readonly Dictionary<string, Func<Stage, Task<Answer>>> s_ways = new()
    {
        ["unauthenticated"] = s => s.Stranger.GetAsync("/2fa/status"),
        ["no_pending_sign_in"] = s => s.Bob.Client.GetAsync("/2fa/sign-in"),
        ["antiforgery_invalid"] = s =>
        {
            s.Bob.Client.Antiforgery = null;
            return s.Bob.Client.PostAsync("/2fa/enrollment");
        },
        ["unsupported_media_type"] = s => s.Bob.Client.PostAsync("/2fa/step-up", ApiClient.Json([1], "text/plain")),
        ["body_missing"] = s => s.Bob.Client.PostAsync("/2fa/step-up", ""),
        ["body_too_large"] = s => s.Bob.Client.PostAsync("/2fa/step-up", new string(' ', 20_000)),
        ["json_malformed"] = s => s.Bob.Client.PostAsync("/2fa/step-up", "{"),
        ["body_invalid"] = s => s.Bob.Client.PostAsync("/2fa/step-up", new { factor = "sms", code = "123456" }),
        ["parameter_invalid"] = s => s.Bob.Client.GetAsync("/2fa/status?x=1"),
        ["code_malformed"] = s => s.Bob.Client.PostAsync("/2fa/step-up", new { factor = "totp", code = "12345" }),
        ["code_wrong"] = s => s.Bob.Client.PostAsync("/2fa/step-up", new { factor = "totp", code = s.Bob.App.WrongCodeAt(s.App.Now) }),
        ["code_replayed"] = async s =>
        {
            var body = new { factor = "totp", code = s.Bob.App.CodeAt(s.App.Now) };
            (await s.Bob.Client.PostAsync("/2fa/step-up", body)).MustSucceed();
            return await s.Bob.Client.PostAsync("/2fa/step-up", body);
        },
        ["start_over"] = async s =>
        {
            var half = await s.App.HalfSignInAsync("bob");
            for (var i = 0; ; i++)
            {
                var answer = await half.PostAsync("/2fa/sign-in/verify", new { factor = "totp", code = s.Bob.App.WrongCodeAt(s.App.Now) });
                if (i == 2) return answer;
                answer.MustBe("code_wrong");
            }
        },
        ["locked_out"] = async s =>
        {
            await AdministrationApiTests.LockAsync(s.App, s.Bob);
            return await s.Bob.Client.PostAsync("/2fa/step-up", new { factor = "totp", code = s.Bob.App.CodeAt(s.App.Now) });
        },
        ["contended"] = s =>
        {
            s.App.Store.LosesEveryWrite = true;
            return s.Bob.Client.PostAsync("/2fa/step-up", new { factor = "totp", code = s.Bob.App.CodeAt(s.App.Now) });
        },
        ["factor_unavailable"] = s =>
        {
            s.App.Protector.KeyIsMissing = true;
            return s.Bob.Client.PostAsync("/2fa/step-up", new { factor = "totp", code = s.Bob.App.CodeAt(s.App.Now) });
        },
        ["clock_moved_back"] = s =>
        {
            s.App.Clock.Advance(TimeSpan.FromMinutes(-10));
            return s.Bob.Client.PostAsync("/2fa/step-up", new { factor = "totp", code = s.Bob.App.CodeAt(s.App.Now) });
        },
        ["region_refused"] = s =>
        {
            s.App.Store.IsMoving = true;
            return s.Bob.Client.PostAsync("/2fa/step-up", new { factor = "totp", code = s.Bob.App.CodeAt(s.App.Now) });
        },
        ["sign_in_void"] = async s =>
        {
            var half = await s.App.HalfSignInAsync("bob");
            var twice = half.Copy();
            (await half.PostAsync("/2fa/sign-in/verify", new { factor = "totp", code = s.Bob.App.CodeAt(s.App.Now) })).MustSucceed();
            s.App.NextCode();
            return await twice.PostAsync("/2fa/sign-in/verify", new { factor = "totp", code = s.Bob.App.CodeAt(s.App.Now) });
        },
        ["busy"] = async s =>
        {
            for (var round = 0; round < 20; round++)
            {
                var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => s.Bob.Client.Copy().PostAsync("/2fa/backup-codes")));
                if (answers.FirstOrDefault(a => a.Code == "busy") is { } busy) return busy;
            }

            throw new AssertionException("One hasher without a queue was never busy.");
        },
        ["enrollment_not_pending"] = s => s.Bob.Client.PostAsync("/2fa/enrollment/confirm", new { ticket = "x", code = "123456" }),
        ["account_name_invalid"] = async s =>
        {
            var client = await (await s.App.PassFirstFactorAsync("x:y")).WithTokenAsync();
            return await client.PostAsync("/2fa/enrollment");
        },
        ["step_up_required"] = s =>
        {
            s.App.Clock.Advance(TimeSpan.FromHours(1));
            return s.Bob.Client.DeleteAsync("/2fa/enrollment");
        },
        ["not_enrolled"] = async s => await (await s.App.SignInWithoutFactorAsync("eve")).PostAsync("/2fa/step-up", new { factor = "totp", code = "123456" }),
        ["device_not_found"] = s => s.Bob.Client.DeleteAsync("/2fa/trusted-devices/unknown"),
        ["not_authorized"] = s => s.Bob.Client.GetAsync("/2fa/admin/policy?organization=acme"),
        ["self_administration"] = s => s.Ada.Client.PostAsync("/2fa/admin/users/ada/unlock?organization=acme", new { }),
        ["other_organization"] = s => s.Ada.Client.PostAsync("/2fa/admin/users/gus/unlock?organization=acme", new { }),
        ["shared_user"] = s => s.Ada.Client.PostAsync("/2fa/admin/users/sue/reset?organization=acme", new { reason = "x", identityVerification = "y" }),
        ["no_second_factor"] = async s => await (await s.App.SignInWithoutFactorAsync("gus")).PostAsync("/2fa/admin/users/sue/unlock?organization=globex", new { }),
        ["value_invalid"] = s => s.Ada.Client.PostAsync("/2fa/admin/users/bob/unlock?organization=acme", new { reason = new string('x', 1001) }),
        ["reset_needed"] = async s =>
        {
            for (var i = 0; i < 4; i++) await s.Bob.Client.PostAsync("/2fa/step-up", new { factor = "totp", code = s.Bob.App.WrongCodeAt(s.App.Now) });
            return await s.Ada.Client.PostAsync("/2fa/admin/users/bob/unlock?organization=acme", new { });
        },
        ["user_not_found"] = s => s.Ada.Client.GetAsync("/2fa/admin/users/bob?organization=acme"),
        ["policy_invalid"] = s => s.Ada.Client.PutAsync("/2fa/admin/policy?organization=acme", new { version = 0, trustedDeviceDays = 6 }),
        ["policy_conflict"] = s => s.Ada.Client.PutAsync("/2fa/admin/policy?organization=acme", new { version = 7 }),
        ["members_use_two_factor"] = s => s.Ada.Client.PutAsync("/2fa/admin/policy?organization=acme", new { version = 0, sso = "sso_exclusive" }),
        ["no_administrator_left"] = async s => await (await s.App.SignInWithoutFactorAsync("gus")).PutAsync("/2fa/admin/policy?organization=globex", new
        {
            version = 0,
            afterGrace = "deny",
            rules = new[] { new { id = "all", start = "2026-01-01T00:00:00Z", graceSeconds = 0 } },
        }),
    };

    /// <summary>Those that need an application put together otherwise.</summary>
    private static readonly Dictionary<string, AppSetup> s_setups = new()
    {
        ["busy"] = new() { Options = o => (o.BackupCodes.MaxConcurrentHashes, o.BackupCodes.QueueLimit) = (1, 0) },
        ["reset_needed"] = new() { Options = o => (o.Lockout.HardLimit, o.Lockout.CodeFailures) = (4, 4) },
        ["user_not_found"] = new() { Build = b => b.UseUserLists(_ => new EmptyUserList()) },
    };

    public static IEnumerable<TestCaseData> Codes => ProblemCode.All.Where(code => !s_elsewhere.Contains(code.Name)).Select(code => new TestCaseData(code.Name));

    [TestCaseSource(nameof(Codes))]
    public async Task A_code_comes_with_its_status_in_both_languages(string name)
    {
        Assert.That(s_ways, Does.ContainKey(name), "There is no way to provoke it.");
        var code = ProblemCode.All.Single(c => c.Name == name);
        await using var app = await ApiApp.StartAsync(s_setups.GetValueOrDefault(name));
        var stage = new Stage(app, await app.EnrollAsync("ada"), await app.EnrollAsync("bob"), app.NewClient());
        var answer = (await s_ways[name](stage)).MustBe(name);
        Assert.That((int)answer.Status, Is.EqualTo(code.Status));
        Assert.That(answer.Language, Is.EqualTo("en"));
        Assert.That(answer.RetryAfter, name is "busy" or "contended" or "locked_out" or "region_refused" ? Is.GreaterThanOrEqualTo(1) : Is.Null);
    }

    [Test]
    public void No_code_is_left_out() => Assert.That(s_ways.Keys.Concat(s_elsewhere), Is.EquivalentTo(ProblemCode.All.Select(code => code.Name)));

    [Test]
    public void Codes_are_words_and_statuses_are_refusals()
    {
        Assert.That(ProblemCode.All.Select(code => code.Name), Is.Unique.And.All.Match("^[a-z]+(_[a-z]+)*$"));
        Assert.That(ProblemCode.All.Select(code => code.Status), Is.All.InRange(400, 503));
    }

    [Test]
    public async Task What_a_locked_user_is_told_says_until_when()
    {
        await using var app = await ApiApp.StartAsync();
        var bob = await app.EnrollAsync("bob");
        await AdministrationApiTests.LockAsync(app, bob);
        var answer = (await bob.Client.PostAsync("/2fa/step-up", new { factor = "totp", code = bob.App.CodeAt(app.Now) })).MustBe("locked_out");
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Locked));
        Assert.That(answer["lock"].GetProperty("release").GetString(), Is.EqualTo("at_time"));
        Assert.That(answer["lock"].GetProperty("until").GetDateTimeOffset(), Is.EqualTo(app.Now + TimeSpan.FromMinutes(1)));
        Assert.That(answer["retryAfterSeconds"].GetInt32(), Is.EqualTo(60));
        Assert.That(answer.RetryAfter, Is.EqualTo(60));
    }

    [Test]
    public async Task A_wrong_code_of_a_nearby_time_tells_how_far_the_devices_clock_is_off()
    {
        await using var app = await ApiApp.StartAsync();
        var bob = await app.EnrollAsync("bob");
        var answer = (await bob.Client.PostAsync("/2fa/step-up", new { factor = "totp", code = bob.App.CodeAt(app.Now + TimeSpan.FromSeconds(120)) })).MustBe("code_wrong");
        Assert.That(answer["deviceClockOffsetSeconds"].GetInt64(), Is.EqualTo(120));
        Assert.That(answer["attemptsLeft"].GetInt32(), Is.EqualTo(4));
    }

    [Test]
    public async Task Every_call_that_takes_a_code_charges_one_budget()
    {
        await using var app = await ApiApp.StartAsync();
        var bob = await app.EnrollAsync("bob");
        var wrong = bob.App.WrongCodeAt(app.Now);
        var half = await app.HalfSignInAsync("bob");
        (await half.PostAsync("/2fa/sign-in/verify", new { factor = "totp", code = wrong })).MustBe("code_wrong");
        (await bob.Client.PostAsync("/2fa/step-up", new { factor = "totp", code = wrong })).MustBe("code_wrong");
        var offer = (await bob.Client.PostAsync("/2fa/enrollment")).MustSucceed();
        var other = AuthenticatorApp.Type(offer["manualKey"].GetString()!).WrongCodeAt(app.Now);
        (await bob.Client.PostAsync("/2fa/enrollment/confirm", new { ticket = offer["ticket"].GetString(), code = other })).MustBe("code_wrong");
        Assert.That((await half.PostAsync("/2fa/sign-in/verify", new { factor = "totp", code = wrong })).MustBe("code_wrong")["attemptsLeft"].GetInt32(), Is.EqualTo(1));
        (await bob.Client.PostAsync("/2fa/step-up", new { factor = "totp", code = wrong })).MustBe("locked_out");
    }

    private sealed record Stage(ApiApp App, Enrolled Ada, Enrolled Bob, ApiClient Stranger);

    /// <summary>A directory that has lost its users.</summary>
    private sealed class EmptyUserList : Status.IUserListSource
    {
        public ValueTask<System.Collections.Immutable.ImmutableArray<Status.UserListRow>> ReadAsync(Status.UserListSlice slice, CancellationToken cancellationToken) =>
            ValueTask.FromResult<System.Collections.Immutable.ImmutableArray<Status.UserListRow>>([]);

        public ValueTask<Status.UserListRow?> FindAsync(Accounts.OrganizationId organization, Accounts.UserId user, DateTimeOffset now, CancellationToken cancellationToken) =>
            ValueTask.FromResult<Status.UserListRow?>(null);
    }
}
