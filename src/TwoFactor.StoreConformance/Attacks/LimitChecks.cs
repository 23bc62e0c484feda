using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.SignIn;
using TwoFactor.StoreConformance.Storage;
using TwoFactor.Verification;

namespace TwoFactor.StoreConformance.Attacks;

/// <summary>More guesses than the limits allow.</summary>
internal static class LimitChecks
{
    private const int Limit = 5;

    public static async Task Parallel_guesses_do_not_overrun_the_limit(StoreHarness harness)
    {
        await using var scene = await Scene.EnrolledAsync(harness, options => options.Lockout.CodeFailures = Limit);
        var challenges = await scene.BeginSignInsAsync();
        var before = (await scene.AccountAsync()).Active!.LastAcceptedStep;
        var wrong = scene.Alice.WrongCode;
        scene.ExpectAtOnce(Soak.Callers);

        var answers = await StoreSteps.AtOnceAsync(
            Soak.Callers, async i => await scene.SignIn.VerifyAsync(challenges[i % challenges.Length], MfaFactorType.Totp, wrong));
        var late = await StoreSteps.AtOnceAsync(8, async i => await scene.SignIn.VerifyAsync(challenges[i], MfaFactorType.Totp, scene.Alice.CodeNow));

        // The failure that fills the limit is itself answered as a lock.
        Expect.Equal(answers.Count(a => a.Refusal().IsToldWrong()), Limit - 1, $"Guesses answered as wrong before the lock, of {Answers.Summary(answers)}");
        Expect.That(answers.All(a => a is VerifySignInResult.ChallengeVoid or VerifySignInResult.Refused
            { Refusal: CodeRefusal.Wrong or CodeRefusal.StartOver or CodeRefusal.LockedOut or CodeRefusal.Contended }), $"No other answer: {Answers.Summary(answers)}.");
        Expect.Equal(await scene.EventsAsync(AuditNames.CodeRejected), Limit, "Charged guesses");
        Expect.Equal(await scene.EventsAsync(AuditNames.CodesLocked), 1, "Locks");
        Expect.That(late.All(a => a.Refusal() is CodeRefusal.LockedOut), $"A right code gains nothing: {Answers.Summary(late)}.");
        Expect.Equal((await scene.AccountAsync()).Active!.LastAcceptedStep, before, "The last accepted step: a code given while locked is not spent");
        await scene.ExpectWholeChainAsync();
    }

    public static async Task Challenges_factors_and_calls_share_one_budget(StoreHarness harness)
    {
        await using var scene = await Scene.EnrolledAsync(harness, options => options.Lockout.CodeFailures = Limit);
        // Well-formed backup codes, all of them somebody else's.
        var (bob, wrong) = (await scene.AddAsync("bob"), scene.Alice.WrongCodes(Soak.Callers));

        var answers = await StoreSteps.AtOnceAsync<object>(Soak.Callers, async i =>
        {
            if (i % 4 == 0) return await scene.SignIn.StepUpAsync(scene.Alice.Id, MfaFactorType.Totp, wrong[i]);
            if (i % 4 == 1) return await scene.SignIn.StepUpAsync(scene.Alice.Id, MfaFactorType.BackupCode, bob.BackupCodes[i % 10]);
            // A fresh challenge behind the right password each time.
            if (await scene.SignIn.BeginAsync(new SignInRequest(scene.Alice.Id)) is not BeginSignInResult.ChallengeRequired begun) return "no challenge";
            return i % 4 == 2
                ? await scene.SignIn.VerifyAsync(begun.Challenge, MfaFactorType.Totp, wrong[i])
                : await scene.SignIn.VerifyAsync(begun.Challenge, MfaFactorType.BackupCode, bob.BackupCodes[i % 10]);
        });

        var told = answers.Count(a => ((a as VerifySignInResult)?.Refusal() ?? (a as StepUpResult)?.Refusal()).IsToldWrong());
        Expect.That(told < Limit, $"{told} guesses were answered as wrong at a limit of {Limit}: {Answers.Summary(answers)}.");
        Expect.That(!answers.Any(a => a is VerifySignInResult.SignedIn or StepUpResult.Proved), $"No guess was right: {Answers.Summary(answers)}.");
        Expect.Equal(await scene.EventsAsync(AuditNames.CodeRejected), Limit, $"Charged guesses, of {Answers.Summary(answers)}");
        Expect.That((await scene.AccountAsync()).Attempts.CodeLock is not null, "The account is locked.");
        await scene.ExpectWholeChainAsync();
    }

    public static async Task The_failure_that_fills_the_limit_is_answered_as_a_lock(StoreHarness harness)
    {
        const int limit = 3;
        await using var scene = await Scene.EnrolledAsync(harness, options => options.Lockout.CodeFailures = limit);
        for (var i = 1; i < limit; i++)
        {
            var refusal = (await scene.SignIn.StepUpAsync(scene.Alice.Id, MfaFactorType.Totp, scene.Alice.WrongCode)).Refusal();
            Expect.That(refusal is CodeRefusal.Wrong wrong && wrong.AttemptsLeft == limit - i, $"Failure {i} of {limit} is answered as wrong, with {limit - i} left: {refusal}.");
        }

        var last = (await scene.SignIn.StepUpAsync(scene.Alice.Id, MfaFactorType.Totp, scene.Alice.WrongCode)).Refusal();
        Expect.That(last is CodeRefusal.LockedOut, $"Failure {limit} of {limit} is answered as a lock: {last}.");
    }

    public static async Task A_right_code_while_locked_is_refused_and_not_burnt(StoreHarness harness)
    {
        await using var scene = await Scene.EnrolledAsync(harness, options => options.Lockout.CodeFailures = Limit);
        AccountLock? locked = null;
        while (locked is null) locked = ((await scene.SignIn.StepUpAsync(scene.Alice.Id, MfaFactorType.Totp, scene.Alice.WrongCode)).Refusal() as CodeRefusal.LockedOut)?.Lock;
        scene.Clock.Advance(locked.Until!.Value - scene.Clock.Now - TimeSpan.FromTicks(1));
        var code = scene.Alice.CodeAt(1);

        var answers = await StoreSteps.AtOnceAsync(Soak.Callers, async _ => await scene.SignIn.StepUpAsync(scene.Alice.Id, MfaFactorType.Totp, code));
        Expect.That(answers.All(a => a.Refusal() is CodeRefusal.LockedOut or CodeRefusal.Contended), $"A right code while locked: {Answers.Summary(answers)}.");

        scene.Clock.Advance(TimeSpan.FromTicks(1));
        Expect.That(await scene.EnterAsync(scene.Alice, code) is VerifySignInResult.SignedIn, "The same code signs in once the lock is over: it was not burnt.");
        await scene.ExpectWholeChainAsync();
    }
}
