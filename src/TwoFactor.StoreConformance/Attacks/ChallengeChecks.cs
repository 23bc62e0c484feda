using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;
using TwoFactor.StoreConformance.Storage;
using TwoFactor.Verification;

namespace TwoFactor.StoreConformance.Attacks;

/// <summary>What waits for a code: sign-ins and set-ups.</summary>
internal static class ChallengeChecks
{
    public static async Task An_exhausted_challenge_restores_no_attempt(StoreHarness harness)
    {
        const int attempts = 3;
        await using var scene = await Scene.EnrolledAsync(harness, options =>
        {
            Scene.Lenient(options);
            options.Lockout.ChallengeAttempts = attempts;
        });
        var (challenge, wrong) = (await scene.BeginAsync(scene.Alice), scene.Alice.WrongCode);
        Expect.That(ChallengeToken.TryParse(challenge.Reveal(), out var copy), "A token that was revealed can be read.");

        var answers = await StoreSteps.AtOnceAsync(Soak.Callers, async i => await scene.SignIn.VerifyAsync(i % 2 == 0 ? challenge : copy!, MfaFactorType.Totp, wrong));
        Expect.That(answers.Count(a => a.Refusal().IsToldWrong()) <= attempts, $"A challenge of {attempts} attempts was answered {Answers.Summary(answers)}.");
        var rest = await StoreSteps.AtOnceAsync(8, async _ => await scene.SignIn.VerifyAsync(copy!, MfaFactorType.Totp, scene.Alice.CodeNow));
        var told = await scene.EventsAsync(AuditNames.CodeRejected);
        Expect.That(told < attempts || rest.All(a => a is VerifySignInResult.ChallengeVoid), $"After {told} failures an old token was answered {Answers.Summary(rest)}.");
        Expect.That(told <= attempts, $"{told} guesses were charged to a challenge of {attempts} attempts.");
        await scene.ExpectWholeChainAsync();
    }

    public static async Task A_waiting_sign_in_does_not_survive_a_changed_password(StoreHarness harness)
    {
        await using var scene = await Scene.EnrolledAsync(harness);
        var (challenge, code) = (await scene.BeginAsync(scene.Alice), scene.Alice.CodeNow);
        scene.Store.BeforeNextSave(async () => Expect.That(await scene.SignIn.ReportPasswordChangedAsync(scene.Alice.Id), "A changed password is recorded."));
        var answer = await scene.SignIn.VerifyAsync(challenge, MfaFactorType.Totp, code);
        Expect.That(answer is VerifySignInResult.ChallengeVoid, $"A sign-in that waited while the password changed was answered with {answer.GetType().Name}.");
        Expect.That(await scene.EnterAsync(scene.Alice, code) is VerifySignInResult.SignedIn, "A new sign-in works, and the code was not burnt.");
        await scene.ExpectWholeChainAsync();
    }

    public static async Task Of_many_confirmations_one_wins(StoreHarness harness)
    {
        const int callers = 4;
        await using var scene = Scene.Empty(harness);
        var offer = await scene.BeginEnrollmentAsync(scene.Alice);
        var code = scene.Alice.CodeNow;
        scene.ExpectAtOnce(callers);

        var answers = await StoreSteps.AtOnceAsync(callers, async _ => await scene.Enrollment.ConfirmAsync(scene.Alice.Id, offer.EnrollmentId, code));

        var winners = answers.OfType<ConfirmEnrollmentResult.Confirmed>().ToArray();
        Expect.Equal(winners.Length, 1, "Confirmations of one enrolment");
        var account = await scene.AccountAsync();
        Expect.Equal(account.Active?.Id, offer.EnrollmentId, "The active enrolment");
        Expect.That(account.Pending is null, "Nothing is pending any more.");
        // Only the winner was shown codes, and they are the ones that work.
        var proved = await scene.SignIn.StepUpAsync(scene.Alice.Id, MfaFactorType.BackupCode, winners[0].BackupCodes[0]);
        Expect.That(proved is StepUpResult.Proved { BackupCodesLeft: 9 }, $"The winner's first backup code: {proved.GetType().Name}.");
        Expect.Equal(await scene.EventsAsync(AuditNames.SetupSucceeded), 1, "Recorded confirmations");
        await scene.ExpectWholeChainAsync();
    }

    public static async Task What_belongs_to_one_user_opens_nothing_of_another(StoreHarness harness)
    {
        await using var scene = await Scene.EnrolledAsync(harness, Scene.Lenient);
        var (alice, bob) = (scene.Alice, await scene.AddAsync("Alice"));
        var bobs = (await scene.BeginAsync(bob)).Reveal().Split('.');
        Expect.That(ChallengeToken.TryParse($"{(await scene.BeginAsync(alice)).Reveal().Split('.')[0]}.{bobs[1]}", out var moved), "A token that was put together can be read.");

        var answers = await StoreSteps.AtOnceAsync<object>(Soak.Callers, async i => (i % 4) switch
        {
            0 => await scene.SignIn.StepUpAsync(alice.Id, MfaFactorType.Totp, bob.CodeNow),
            1 => await scene.SignIn.StepUpAsync(alice.Id, MfaFactorType.BackupCode, bob.BackupCodes[i % 10]),
            2 => await scene.SignIn.VerifyAsync(moved!, MfaFactorType.Totp, alice.CodeNow),
            _ => await scene.Enrollment.UnregisterAsync(alice.Id, bob.Proof),
        });

        Expect.That(!answers.Any(a => a is VerifySignInResult.SignedIn or StepUpResult.Proved or UnregisterResult.Removed), $"Another's credentials: {Answers.Summary(answers)}.");
        await SwapSecretsAsync(scene, alice, bob);
        foreach (var person in new[] { alice, bob })
        {
            var answer = await scene.SignIn.StepUpAsync(person.Id, MfaFactorType.Totp, (person == alice ? bob : alice).CodeNow);
            Expect.That(answer.Refusal() is CodeRefusal.Unavailable, $"A secret that was copied from another's row must not decrypt: {Answers.Summary([answer])}.");
        }
    }

    private static async Task SwapSecretsAsync(Scene scene, Person one, Person other)
    {
        var (a, b) = (await scene.Harness.Store.LoadAsync(one.Id), await scene.Harness.Store.LoadAsync(other.Id));
        var (secretA, secretB) = (a.Account!.Active!.ProtectedSecret, b.Account!.Active!.ProtectedSecret);
        await scene.Harness.Store.SavedAsync(a.Account with { Active = a.Account.Active with { ProtectedSecret = secretB } }, a.Version);
        await scene.Harness.Store.SavedAsync(b.Account with { Active = b.Account.Active with { ProtectedSecret = secretA } }, b.Version);
    }
}
