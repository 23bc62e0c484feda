using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Enforcement;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Tests.Support.Organizations;
using TwoFactor.Verification;

namespace TwoFactor.Tests.Enforcement;

/// <summary>A sign-in that waited for a set-up is completed by the proof of this very set-up, once, and by nothing else.</summary>
[Feature("B2")]
public sealed class CompleteEnrollmentTests
{
    private static async Task<(OrganizationHost Host, UserId Ada)> StartAsync(Action<TwoFactorOptions>? configure = null)
    {
        var host = await OrganizationHost.StartAsync(configure: options =>
        {
            options.BackupCodes.Count = 1;
            configure?.Invoke(options);
        });
        await host.MustChangeAsync(OrganizationHost.Acme, _ => PolicyPresets.RequiredAfterGrace(OrganizationHost.Acme, host.Now, TimeSpan.Zero));
        return (host, host.Member("ada"));
    }

    private static async Task<ChallengeToken> BeginAsync(OrganizationHost host, UserId user) =>
        (await host.BeginAsync(user)).As<BeginSignInResult.EnrollmentRequired>().Challenge;

    private static Task<VerifySignInResult> CompleteAsync(OrganizationHost host, ChallengeToken challenge, Proof proof) =>
        host.SignIn.CompleteEnrollmentAsync(challenge, proof).AsTask();

    [Test]
    public async Task The_proof_of_the_set_up_completes_the_sign_in()
    {
        var (host, ada) = await StartAsync();
        using var _ = host;
        var challenge = await BeginAsync(host, ada);
        var person = await host.EnrollAsync(ada);
        var signedIn = (await CompleteAsync(host, challenge, person.Proof)).As<VerifySignInResult.SignedIn>();
        Assert.That((signedIn.Proof.UserId, signedIn.Proof.Factor, signedIn.Proof.Method), Is.EqualTo((ada, MfaFactorType.Totp, SignInMethod.Password)));
        var record = await host.LastEventOfAsync(ada);
        Assert.That((record.Name, record.MfaFactorType), Is.EqualTo(("sign_in_succeeded", (MfaFactorType?)MfaFactorType.Totp)));
        await host.AssertChainAsync(ada);
    }

    [Test]
    public async Task The_set_up_of_a_sign_in_that_still_stands_is_begun_confirmed_and_completes_it()
    {
        var (host, ada) = await StartAsync();
        using var _ = host;
        var challenge = await BeginAsync(host, ada);
        var offer = (await host.Enrollment.BeginRequiredAsync(challenge, "ada@example.org")).As<BeginEnrollmentResult.Started>().Offer;
        var confirmed = (await host.Enrollment.ConfirmRequiredAsync(challenge, offer.EnrollmentId, Phone.Scan(offer.Uri).CodeAt(host.Now))).As<ConfirmEnrollmentResult.Confirmed>();
        Assert.That(await CompleteAsync(host, challenge, confirmed.Proof), Is.TypeOf<VerifySignInResult.SignedIn>());
        Assert.That(await host.Enrollment.BeginRequiredAsync(challenge, "x"), Is.TypeOf<BeginEnrollmentResult.ChallengeVoid>(), "it is used");
    }

    private static readonly Dictionary<string, Func<OrganizationHost, UserId, Task>> s_ends = new()
    {
        ["the password was changed"] = async (host, ada) => Assert.That(await host.SignIn.ReportPasswordChangedAsync(ada), Is.True),
        ["an administrator reset"] = async (host, ada) =>
            Assert.That(await host.Administration.ResetAsync(OrganizationHost.Root, ada, "x", "call", OrganizationHost.Acme), Is.TypeOf<AdministrationResult.Done>()),
        ["it has expired"] = (host, _) =>
        {
            host.Clock.Advance(TimeSpan.FromMinutes(5));
            return Task.CompletedTask;
        },
        ["a lock came and went"] = async (host, ada) =>
        {
            var locked = await LockAsync(host, ada);
            host.Clock.SetTo(locked.Until!.Value);
        },
    };

    private static IEnumerable<string> Ends => s_ends.Keys;

    [TestCaseSource(nameof(Ends))]
    [Attack(17)]
    public async Task A_sign_in_that_was_ended_binds_no_authenticator(string how)
    {
        var (host, ada) = await StartAsync(options => options.SignIn.ChallengeLifetime = TimeSpan.FromMinutes(5));
        using var _ = host;
        var challenge = await BeginAsync(host, ada);
        var early = (await host.Enrollment.BeginRequiredAsync(challenge, "thief")).As<BeginEnrollmentResult.Started>().Offer;
        await s_ends[how](host, ada);

        // Neither the offer from before nor one from after.
        var confirmed = await host.Enrollment.ConfirmRequiredAsync(challenge, early.EnrollmentId, Phone.Scan(early.Uri).CodeAt(host.Now));
        Assert.That(confirmed, Is.TypeOf<ConfirmEnrollmentResult.ChallengeVoid>());
        Assert.That(await host.Enrollment.BeginRequiredAsync(challenge, "thief"), Is.TypeOf<BeginEnrollmentResult.ChallengeVoid>());
        Assert.That((await host.StoredAsync(ada)).Active, Is.Null);
    }

    [Test]
    [Attack(23)]
    public async Task A_sign_in_of_one_user_sets_up_nothing_for_another()
    {
        var (host, ada) = await StartAsync();
        using var _ = host;
        var eve = host.Member("eve");
        var (hers, eves) = (await BeginAsync(host, ada), await BeginAsync(host, eve));
        var offer = (await host.Enrollment.BeginRequiredAsync(hers, "ada")).As<BeginEnrollmentResult.Started>().Offer;
        var code = Phone.Scan(offer.Uri).CodeAt(host.Now);
        Assert.That(await host.Enrollment.ConfirmRequiredAsync(eves, offer.EnrollmentId, code), Is.TypeOf<ConfirmEnrollmentResult.NotPending>());
        Assert.That((await host.StoredAsync(eve)).Active, Is.Null);
        var own = (await host.Enrollment.BeginRequiredAsync(eves, "eve")).As<BeginEnrollmentResult.Started>().Offer;
        Assert.That(await host.Enrollment.ConfirmRequiredAsync(eves, own.EnrollmentId, code), Is.TypeOf<ConfirmEnrollmentResult.Refused>(), "the code of another's app");
    }

    [Test]
    [Attack(22)]
    public async Task A_session_that_was_void_before_the_write_begins_no_set_up()
    {
        var (host, ada) = await StartAsync();
        using var _ = host;
        var epoch = (await host.Status.GetAsync(ada)).Epoch;
        Assert.That(await host.Enrollment.BeginAsync(ada, "ada", null, epoch), Is.TypeOf<BeginEnrollmentResult.Started>());
        await host.Administration.ResetAsync(OrganizationHost.Root, ada, "x", "call", OrganizationHost.Acme);
        Assert.That(await host.Enrollment.BeginAsync(ada, "thief", null, epoch), Is.TypeOf<BeginEnrollmentResult.SessionEnded>());
    }

    private static async Task<AccountLock> LockAsync(OrganizationHost host, UserId user)
    {
        while (true)
        {
            if (await host.SignIn.ReportPasswordFailureAsync(user) is PasswordFailureResult.LockedOut locked) return locked.Lock;
        }
    }

    [Test]
    public async Task It_completes_it_once()
    {
        var (host, ada) = await StartAsync();
        using var _ = host;
        var challenge = await BeginAsync(host, ada);
        var person = await host.EnrollAsync(ada);
        Assert.That(await CompleteAsync(host, challenge, person.Proof), Is.TypeOf<VerifySignInResult.SignedIn>());
        Assert.That(await CompleteAsync(host, challenge, person.Proof), Is.TypeOf<VerifySignInResult.ChallengeVoid>());
    }

    [Test]
    [Attack(5)]
    public async Task One_set_up_does_not_complete_two_sign_ins()
    {
        var (host, ada) = await StartAsync();
        using var _ = host;
        var (hers, thiefs) = (await BeginAsync(host, ada), await BeginAsync(host, ada));
        var person = await host.EnrollAsync(ada);
        Assert.That(await CompleteAsync(host, hers, person.Proof), Is.TypeOf<VerifySignInResult.SignedIn>());
        Assert.That(await CompleteAsync(host, thiefs, person.Proof), Is.TypeOf<VerifySignInResult.ChallengeVoid>());
    }

    [Test]
    [Attack(2)]
    public async Task Sixty_four_parallel_completions_sign_in_once()
    {
        var (host, ada) = await StartAsync();
        using var _ = host;
        var challenge = await BeginAsync(host, ada);
        var person = await host.EnrollAsync(ada);
        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => CompleteAsync(host, challenge, person.Proof))));
        Assert.That(results.Count(r => r is VerifySignInResult.SignedIn), Is.EqualTo(1));
        Assert.That((await host.EventsOfAsync(ada)).Count(e => e.Name == "sign_in_succeeded"), Is.EqualTo(1));
    }

    [Test]
    [Attack(5)]
    public async Task The_code_that_set_up_does_not_sign_in_besides()
    {
        var (host, ada) = await StartAsync();
        using var _ = host;
        var challenge = await BeginAsync(host, ada);
        var person = await host.EnrollAsync(ada);
        await CompleteAsync(host, challenge, person.Proof);
        var next = (await host.BeginAsync(ada)).As<BeginSignInResult.ChallengeRequired>().Challenge;
        Assert.That((await host.SignIn.VerifyAsync(next, MfaFactorType.Totp, person.App.CodeAt(host.Now))).Refusal(), Is.TypeOf<CodeRefusal.Replayed>());
    }

    [Test]
    [Attack(23)]
    public async Task The_proof_of_somebody_else_is_nothing()
    {
        var (host, ada) = await StartAsync();
        using var _ = host;
        var eve = host.Member("eve");
        var (adas, eves) = (await BeginAsync(host, ada), await BeginAsync(host, eve));
        var (her, him) = (await host.EnrollAsync(ada), await host.EnrollAsync(eve));
        Assert.That(await CompleteAsync(host, adas, him.Proof), Is.TypeOf<VerifySignInResult.ChallengeVoid>());
        Assert.That(await CompleteAsync(host, eves, her.Proof), Is.TypeOf<VerifySignInResult.ChallengeVoid>());
        Assert.That(await CompleteAsync(host, adas, him.Proof with { UserId = ada }), Is.TypeOf<VerifySignInResult.ChallengeVoid>(), "nor under her name");
        Assert.That(await CompleteAsync(host, adas, her.Proof), Is.TypeOf<VerifySignInResult.SignedIn>(), "her own still is");
    }

    [Test]
    public async Task The_proof_of_a_step_up_or_of_an_earlier_sign_in_is_nothing()
    {
        var (host, ada) = await StartAsync();
        using var _ = host;
        var challenge = await BeginAsync(host, ada);
        var person = await host.EnrollAsync(ada);
        host.NextCode();
        var stepUp = (await host.SignIn.StepUpAsync(ada, MfaFactorType.Totp, person.App.CodeAt(host.Now))).As<StepUpResult.Proved>().Proof;
        var signIn = (await host.SignInAsync(person)).As<VerifySignInResult.SignedIn>().Proof;
        var recovery = (await host.SignIn.StepUpAsync(ada, MfaFactorType.BackupCode, person.BackupCodes[0])).As<StepUpResult.Proved>().Proof;
        foreach (var proof in new[] { stepUp, signIn, recovery, person.Proof with { ViaTrust = true } })
            Assert.That(await CompleteAsync(host, challenge, proof), Is.TypeOf<VerifySignInResult.ChallengeVoid>(), proof.ToString());
    }

    [Test]
    public async Task A_set_up_that_was_there_before_the_first_factor_passed_is_nothing()
    {
        var (host, ada) = await StartAsync();
        using var _ = host;
        var person = await host.EnrollAsync(ada);
        await host.Enrollment.UnregisterAsync(ada, person.Proof);
        host.NextCode();
        var challenge = await BeginAsync(host, ada);
        Assert.That(await CompleteAsync(host, challenge, person.Proof), Is.TypeOf<VerifySignInResult.ChallengeVoid>());
    }

    [Test]
    public async Task A_challenge_that_asks_for_a_code_is_not_completed_by_a_set_up()
    {
        var (host, ada) = await StartAsync();
        using var _ = host;
        var person = await host.EnrollAsync(ada);
        var challenge = (await host.BeginAsync(ada)).As<BeginSignInResult.ChallengeRequired>().Challenge;
        Assert.That(await CompleteAsync(host, challenge, person.Proof), Is.TypeOf<VerifySignInResult.ChallengeVoid>());
    }

    [Test]
    public async Task A_challenge_that_waits_for_a_set_up_is_not_answered_with_a_code()
    {
        var (host, ada) = await StartAsync();
        using var _ = host;
        var challenge = await BeginAsync(host, ada);
        var person = await host.EnrollAsync(ada);
        host.NextCode();
        Assert.That(await host.SignIn.VerifyAsync(challenge, MfaFactorType.Totp, person.App.CodeAt(host.Now)), Is.TypeOf<VerifySignInResult.ChallengeVoid>());
        Assert.That(await host.SignIn.VerifyAsync(challenge, MfaFactorType.BackupCode, person.BackupCodes[0]), Is.TypeOf<VerifySignInResult.ChallengeVoid>());
        Assert.That((await host.Status.GetAsync(ada)).BackupCodesLeft, Is.EqualTo(1), "and the code is not burnt");
    }

    [Test]
    public async Task It_waits_to_its_expiry_and_not_a_tick_longer([Values] bool inTime)
    {
        var (host, ada) = await StartAsync();
        using var _ = host;
        var begun = (await host.BeginAsync(ada)).As<BeginSignInResult.EnrollmentRequired>();
        Assert.That(begun.ExpiresAt - host.Now, Is.EqualTo(TimeSpan.FromMinutes(5)));
        var person = await host.EnrollAsync(ada);
        host.Clock.SetTo(inTime ? begun.ExpiresAt.AddTicks(-1) : begun.ExpiresAt);
        Assert.That(
            await CompleteAsync(host, begun.Challenge, person.Proof),
            inTime ? Is.TypeOf<VerifySignInResult.SignedIn>() : Is.TypeOf<VerifySignInResult.ChallengeVoid>());
    }

    [Test]
    [Attack(17)]
    public async Task It_does_not_outlive_what_revokes()
    {
        await AfterAsync((host, ada, _) => host.Administration.ResetAsync(OrganizationHost.Root, ada, "lost", "video call", OrganizationHost.Acme).AsTask());
        await AfterAsync((host, ada, _) => host.Administration.UnregisterAsync(OrganizationHost.Root, ada, "new phone", OrganizationHost.Acme).AsTask());
        await AfterAsync((host, ada, person) => host.Enrollment.UnregisterAsync(ada, person.Proof).AsTask());
        await AfterAsync((host, ada, person) => host.EnrollAsync(ada, person.Proof));
        await AfterAsync((host, ada, _) => host.SignIn.ReportPasswordChangedAsync(ada).AsTask());

        static async Task AfterAsync(Func<OrganizationHost, UserId, Person, Task> revoke)
        {
            var (host, ada) = await StartAsync();
            using var _ = host;
            var challenge = await BeginAsync(host, ada);
            var person = await host.EnrollAsync(ada);
            host.NextCode();
            await revoke(host, ada, person);
            Assert.That(await CompleteAsync(host, challenge, person.Proof), Is.TypeOf<VerifySignInResult.ChallengeVoid>());
        }
    }

    [Test]
    [Attack(17)]
    public async Task A_lock_kills_it_and_unlocking_does_not_bring_it_back([Values] bool byPassword)
    {
        var (host, ada) = await StartAsync(options => options.Lockout.Preset = LockoutPreset.AdminUnlock);
        using var _ = host;
        var challenge = await BeginAsync(host, ada);
        var person = await host.EnrollAsync(ada);
        for (var i = 0; i < 5; i++)
        {
            if (byPassword) await host.SignIn.ReportPasswordFailureAsync(ada);
            else await host.SignIn.StepUpAsync(ada, MfaFactorType.Totp, person.App.WrongCodeAt(host.Now));
        }

        Assert.That((await host.Status.GetAsync(ada)).Lock, Is.Not.Null);
        Assert.That(await CompleteAsync(host, challenge, person.Proof), Is.TypeOf<VerifySignInResult.ChallengeVoid>());
        Assert.That(await host.Administration.UnlockAsync(OrganizationHost.Root, ada, organization: OrganizationHost.Acme), Is.TypeOf<AdministrationResult.Done>());
        Assert.That(await CompleteAsync(host, challenge, person.Proof), Is.TypeOf<VerifySignInResult.ChallengeVoid>());
    }

    [Test]
    [Attack(20)]
    public async Task A_set_up_that_is_not_confirmed_completes_nothing()
    {
        var (host, ada) = await StartAsync();
        using var _ = host;
        var challenge = await BeginAsync(host, ada);
        await host.Enrollment.BeginAsync(ada, "ada@example.org");
        var root = (await host.StoredAsync(OrganizationHost.Root)).Active!;
        var made = Proof.TryDeserialize($$"""{"userId":"ada","factor":"Totp","enrollmentId":"{{root.Id}}","epoch":0,"provedAt":"{{host.Now:O}}"}""", out var forged);
        if (made) Assert.That(await CompleteAsync(host, challenge, forged!), Is.TypeOf<VerifySignInResult.ChallengeVoid>());
        Assert.That(await host.BeginAsync(ada), Is.TypeOf<BeginSignInResult.EnrollmentRequired>(), "still nobody gets in");
    }

    [Test]
    public async Task A_token_that_nobody_was_given_is_nothing()
    {
        var (host, ada) = await StartAsync();
        using var _ = host;
        await BeginAsync(host, ada);
        var person = await host.EnrollAsync(ada);
        Assert.That(ChallengeToken.TryParse($"{Convert.ToBase64String("ada"u8)}.{new string('A', 43)}", out var invented), Is.True);
        Assert.That(await CompleteAsync(host, invented!, person.Proof), Is.TypeOf<VerifySignInResult.ChallengeVoid>());
    }
}
