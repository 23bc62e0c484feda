using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;
using TwoFactor.Verification;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>Attacks by parallel requests on the public services, which no store may let through.</summary>
public static class ServiceRaceChecks
{
    private const int Callers = 64;

    public static async Task One_code_submitted_in_parallel_signs_in_once(StoreHarness harness)
    {
        await using var scene = await Scene.EnrolledAsync(harness);
        var challenges = await scene.BeginSignInsAsync();
        var code = scene.CodeNow;
        scene.Loads.Expect(Callers);
        harness.ExpectSavesAtOnce(Callers);

        var answers = await StoreSteps.AtOnceAsync(Callers, i => VerifyAsync(scene, challenges[i % challenges.Length], MfaFactorType.Totp, code));

        Expect.Equal(answers.Count(a => a is VerifySignInResult.SignedIn), 1, "Sign-ins with one code");
        Expect.That(answers.All(a => a is VerifySignInResult.SignedIn or VerifySignInResult.ChallengeVoid
            or VerifySignInResult.Refused { Refusal: CodeRefusal.Replayed or CodeRefusal.Contended }), $"The others are replayed, contended or void: {Summary(answers)}.");
        Expect.Equal(await scene.EventsAsync(AuditNames.SignInSucceeded), 1, "Recorded sign-ins");
        await ExpectWholeChainAsync(scene);
    }

    public static async Task One_backup_code_in_many_sessions_signs_in_once(StoreHarness harness)
    {
        await using var scene = await Scene.EnrolledAsync(harness, Scene.Lenient);
        var challenges = await scene.BeginSignInsAsync();
        scene.Loads.Expect(Callers);
        harness.ExpectSavesAtOnce(Callers);

        var answers = await StoreSteps.AtOnceAsync(
            Callers, i => VerifyAsync(scene, challenges[i % challenges.Length], MfaFactorType.BackupCode, scene.BackupCodes[3]));

        Expect.Equal(answers.Count(a => a is VerifySignInResult.SignedIn), 1, "Sign-ins with one backup code");
        Expect.Equal((await scene.AccountAsync()).BackupCodes!.Remaining, 9, "Codes left");
        Expect.Equal(await scene.EventsAsync(AuditNames.SignInSucceeded), 1, "Recorded sign-ins");
        await ExpectWholeChainAsync(scene);
    }

    public static async Task No_lost_update_revives_a_spent_backup_code(StoreHarness harness)
    {
        const int each = 8;
        await using var scene = await Scene.EnrolledAsync(harness, Scene.Lenient);
        scene.Loads.Expect(10 * each);
        harness.ExpectSavesAtOnce(10 * each);

        var answers = await StoreSteps.AtOnceAsync(10 * each, async i =>
        {
            while (true)
            {
                var answer = await scene.SignIn.StepUpAsync(scene.User, MfaFactorType.BackupCode, scene.BackupCodes[i % 10]);
                if (answer is not StepUpResult.Refused { Refusal: CodeRefusal.Contended or CodeRefusal.Busy }) return answer;
            }
        });

        Expect.Equal(answers.Count(a => a is StepUpResult.Proved), 10, "Proofs by ten codes");
        Expect.Equal((await scene.AccountAsync()).BackupCodes!.Remaining, 0, "Codes left");
        Expect.Equal(await scene.EventsAsync(AuditNames.StepUpSucceeded), 10, "Recorded proofs");
        await ExpectWholeChainAsync(scene);
    }

    public static async Task Parallel_guesses_do_not_overrun_the_limit(StoreHarness harness)
    {
        const int limit = 5;
        await using var scene = await Scene.EnrolledAsync(harness, options => options.Lockout.CodeFailures = limit);
        var challenges = await scene.BeginSignInsAsync();
        var before = (await scene.AccountAsync()).Active!.LastAcceptedStep;
        var wrong = scene.WrongCode;
        scene.Loads.Expect(Callers);
        harness.ExpectSavesAtOnce(Callers);

        var answers = await StoreSteps.AtOnceAsync(Callers, i => VerifyAsync(scene, challenges[i % challenges.Length], MfaFactorType.Totp, wrong));
        var late = await StoreSteps.AtOnceAsync(8, i => VerifyAsync(scene, challenges[i], MfaFactorType.Totp, scene.CodeNow));

        // The failure that fills the limit is itself answered as a lock.
        var told = answers.Count(a => a is VerifySignInResult.Refused { Refusal: CodeRefusal.Wrong or CodeRefusal.StartOver });
        Expect.Equal(told, limit - 1, $"Guesses answered as wrong before the lock, of {Summary(answers)}");
        Expect.That(answers.All(a => a is VerifySignInResult.ChallengeVoid or VerifySignInResult.Refused
            { Refusal: CodeRefusal.Wrong or CodeRefusal.StartOver or CodeRefusal.LockedOut or CodeRefusal.Contended }), $"No other answer: {Summary(answers)}.");
        Expect.Equal(await scene.EventsAsync(AuditNames.CodeRejected), limit, "Charged guesses");
        Expect.Equal(await scene.EventsAsync(AuditNames.CodesLocked), 1, "Locks");
        Expect.That(late.All(a => a is VerifySignInResult.Refused { Refusal: CodeRefusal.LockedOut }), $"A right code gains nothing: {Summary(late)}.");
        Expect.Equal((await scene.AccountAsync()).Active!.LastAcceptedStep, before, "The last accepted step: a code given while locked is not spent");
        await ExpectWholeChainAsync(scene);
    }

    public static async Task Of_many_confirmations_one_wins(StoreHarness harness)
    {
        const int callers = 4;
        await using var scene = Scene.Empty(harness);
        var offer = await scene.BeginEnrollmentAsync();
        var code = scene.CodeNow;
        scene.Loads.Expect(callers);
        harness.ExpectSavesAtOnce(callers);

        var answers = await StoreSteps.AtOnceAsync(callers, async _ => await scene.Enrollment.ConfirmAsync(scene.User, offer.EnrollmentId, code));

        var winners = answers.OfType<ConfirmEnrollmentResult.Confirmed>().ToArray();
        Expect.Equal(winners.Length, 1, "Confirmations of one enrolment");
        var account = await scene.AccountAsync();
        Expect.Equal(account.Active?.Id, offer.EnrollmentId, "The active enrolment");
        Expect.That(account.Pending is null, "Nothing is pending any more.");
        // Only the winner was shown codes, and they are the ones that work.
        var proved = await scene.SignIn.StepUpAsync(scene.User, MfaFactorType.BackupCode, winners[0].BackupCodes[0]);
        Expect.That(proved is StepUpResult.Proved { BackupCodesLeft: 9 }, $"The winner's first backup code: {proved.GetType().Name}.");
        Expect.Equal(await scene.EventsAsync(AuditNames.SetupSucceeded), 1, "Recorded confirmations");
        await ExpectWholeChainAsync(scene);
    }

    private static async Task<VerifySignInResult> VerifyAsync(Scene scene, ChallengeToken challenge, MfaFactorType factor, string code) =>
        await scene.SignIn.VerifyAsync(challenge, factor, code);

    private static async Task ExpectWholeChainAsync(Scene scene) => Expect.Equal(
        AuditChain.FindBreak(await scene.Harness.EventsOfAsync(scene.User), (await scene.AccountAsync()).AuditHead), null, "The first break of the audit chain");

    private static string Summary(IEnumerable<VerifySignInResult> answers) => string.Join(", ", answers
        .GroupBy(a => a is VerifySignInResult.Refused refused ? refused.Refusal.GetType().Name : a.GetType().Name)
        .Select(group => $"{group.Count()} {group.Key}"));
}
