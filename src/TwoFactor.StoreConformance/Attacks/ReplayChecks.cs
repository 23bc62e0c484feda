using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Enrollment;
using TwoFactor.Otp;
using TwoFactor.SignIn;
using TwoFactor.StoreConformance.Storage;
using TwoFactor.Verification;

namespace TwoFactor.StoreConformance.Attacks;

/// <summary>Codes that were used already, in parallel and in turn.</summary>
internal static class ReplayChecks
{
    public static async Task One_code_submitted_in_parallel_signs_in_once(StoreHarness harness)
    {
        await using var scene = await Scene.EnrolledAsync(harness);
        var challenges = await scene.BeginSignInsAsync();
        var code = scene.Alice.CodeNow;
        scene.ExpectAtOnce(Soak.Callers);

        var answers = await StoreSteps.AtOnceAsync(
            Soak.Callers, async i => await scene.SignIn.VerifyAsync(challenges[i % challenges.Length], MfaFactorType.Totp, code));

        Expect.Equal(answers.Count(a => a is VerifySignInResult.SignedIn), 1, "Sign-ins with one code");
        Expect.That(answers.All(a => a is VerifySignInResult.SignedIn or VerifySignInResult.ChallengeVoid
            or VerifySignInResult.Refused { Refusal: CodeRefusal.Replayed or CodeRefusal.Contended }), $"The others are replayed, contended or void: {Answers.Summary(answers)}.");
        Expect.Equal(await scene.EventsAsync(AuditNames.SignInSucceeded), 1, "Recorded sign-ins");
        await scene.ExpectWholeChainAsync();
    }

    public static async Task A_code_spent_in_one_call_is_spent_in_all(StoreHarness harness)
    {
        await using var scene = await Scene.EnrolledAsync(harness);
        var challenges = await scene.BeginSignInsAsync();
        var code = scene.Alice.CodeNow;
        scene.ExpectAtOnce(Soak.Callers);

        var answers = await StoreSteps.AtOnceAsync<object>(Soak.Callers, async i => i % 2 == 0
            ? await scene.SignIn.VerifyAsync(challenges[i % challenges.Length], MfaFactorType.Totp, code)
            : await scene.SignIn.StepUpAsync(scene.Alice.Id, MfaFactorType.Totp, code));

        Expect.Equal(answers.Count(a => a is VerifySignInResult.SignedIn or StepUpResult.Proved), 1, $"Successes with one code, of {Answers.Summary(answers)}");
        Expect.Equal(await scene.EventsAsync(AuditNames.SignInSucceeded) + await scene.EventsAsync(AuditNames.StepUpSucceeded), 1, "Recorded successes");
        await scene.ExpectWholeChainAsync();
    }

    public static async Task All_spellings_of_a_code_together_sign_in_once(StoreHarness harness)
    {
        await using var scene = await Scene.EnrolledAsync(harness);
        var challenges = await scene.BeginSignInsAsync();
        var code = scene.Alice.CodeNow;
        string[] spellings =
        [
            code, $"{code[..3]} {code[3..]}", $"{code[..3]}-{code[3..]}", $" {code} ", $"{code[..3]}\u00A0{code[3..]}", $"\u200B{code}", $"{code}\u2014",
        ];
        scene.ExpectAtOnce(Soak.Callers);

        var answers = await StoreSteps.AtOnceAsync(
            Soak.Callers, async i => await scene.SignIn.VerifyAsync(challenges[i % challenges.Length], MfaFactorType.Totp, spellings[i % spellings.Length]));

        Expect.Equal(answers.Count(a => a is VerifySignInResult.SignedIn), 1, $"Sign-ins with spellings of one code, of {Answers.Summary(answers)}");
        await scene.ExpectWholeChainAsync();
    }

    public static async Task The_step_that_matched_is_the_step_recorded(StoreHarness harness)
    {
        await using var scene = await Scene.EnrolledAsync(harness);
        foreach (var offset in new[] { -1, 0, 1 })
        {
            var code = scene.Alice.CodeAt(offset);
            Expect.That(await scene.EnterAsync(scene.Alice, code) is VerifySignInResult.SignedIn, $"The code of step {offset} after those before it signs in.");
            Expect.Equal((await scene.AccountAsync()).Active!.LastAcceptedStep, Totp.StepAt(scene.Clock.Now, TotpParameters.Default) + offset, "The last accepted step");
            Expect.That((await scene.EnterAsync(scene.Alice, code)).Refusal() is CodeRefusal.Replayed, $"The code of step {offset} a second time is a replay.");
        }
    }

    public static async Task An_older_code_is_refused_after_a_newer_one(StoreHarness harness)
    {
        await using var scene = await Scene.EnrolledAsync(harness);
        string[] captured = [scene.Alice.CodeAt(-1), scene.Alice.CodeAt(0)];
        Expect.That(await scene.EnterAsync(scene.Alice, scene.Alice.CodeAt(1)) is VerifySignInResult.SignedIn, "The newest code signs in.");
        foreach (var code in captured) Expect.That((await scene.EnterAsync(scene.Alice, code)).Refusal() is CodeRefusal.Replayed, "An older code is a replay.");

        scene.Clock.Advance(TimeSpan.FromMinutes(5));
        captured = [scene.Alice.CodeAt(-1), scene.Alice.CodeAt(0), scene.Alice.CodeAt(1)];
        var byBackupCode = await scene.SignIn.VerifyAsync(await scene.BeginAsync(scene.Alice), MfaFactorType.BackupCode, scene.Alice.BackupCodes[0]);
        Expect.That(byBackupCode is VerifySignInResult.SignedIn, "A backup code signs in.");
        foreach (var code in captured)
            Expect.That((await scene.EnterAsync(scene.Alice, code)).Refusal() is CodeRefusal.Replayed, "A code captured before a sign-in with a backup code is a replay.");
        await scene.ExpectWholeChainAsync();
    }

    public static async Task A_code_in_flight_while_the_authenticator_is_removed_gives_nothing(StoreHarness harness)
    {
        await using var scene = await Scene.EnrolledAsync(harness);
        var challenge = await scene.BeginAsync(scene.Alice);
        var code = scene.Alice.CodeNow;
        scene.Store.BeforeNextSave(async () =>
        {
            Expect.That(await scene.Enrollment.UnregisterAsync(scene.Alice.Id, scene.Alice.Proof) is UnregisterResult.Removed, "The proof removes the authenticator.");
            await scene.EnrollAsync(scene.Alice);
        });
        var answer = await scene.SignIn.VerifyAsync(challenge, MfaFactorType.Totp, code);
        Expect.That(answer is VerifySignInResult.ChallengeVoid, $"A code in flight while the authenticator was replaced was answered with {answer.GetType().Name}.");
        Expect.Equal(await scene.EventsAsync(AuditNames.SignInSucceeded), 0, "Recorded sign-ins");
        await scene.ExpectWholeChainAsync();
    }

    public static async Task A_clock_that_moves_back_accepts_nothing_and_shortens_no_lock(StoreHarness harness)
    {
        await using var scene = await Scene.EnrolledAsync(harness, options => options.Lockout.CodeFailures = 5);
        var used = scene.Alice.CodeNow;
        Expect.That(await scene.EnterAsync(scene.Alice, used) is VerifySignInResult.SignedIn, "The code signs in.");
        scene.Clock.Advance(TimeSpan.FromHours(-1));
        string[] codes = [used, scene.Alice.CodeAt(-1), scene.Alice.CodeAt(0), scene.Alice.CodeAt(1)];
        var answers = await StoreSteps.AtOnceAsync(
            Soak.Callers, async i => await scene.SignIn.StepUpAsync(scene.Alice.Id, MfaFactorType.Totp, codes[i % codes.Length]));
        Expect.That(answers.All(a => a.Refusal() is CodeRefusal.ClockMovedBack or CodeRefusal.Contended), $"An hour before the last accepted step: {Answers.Summary(answers)}.");

        scene.Clock.Advance(TimeSpan.FromHours(2));
        AccountLock? locked = null;
        while (locked is null) locked = ((await scene.SignIn.StepUpAsync(scene.Alice.Id, MfaFactorType.Totp, scene.Alice.WrongCode)).Refusal() as CodeRefusal.LockedOut)?.Lock;
        scene.Clock.Advance(TimeSpan.FromHours(-1));
        var early = await scene.SignIn.StepUpAsync(scene.Alice.Id, MfaFactorType.Totp, scene.Alice.CodeNow);
        Expect.That(early.Refusal() is CodeRefusal.LockedOut { Lock: { } still } && still == locked, $"A lock is not shortened by a clock that moves back: {Answers.Summary([early])}.");
        await scene.ExpectWholeChainAsync();
    }
}
