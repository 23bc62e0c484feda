using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.SignIn;
using TwoFactor.StoreConformance.Storage;
using TwoFactor.Verification;

namespace TwoFactor.StoreConformance.Attacks;

/// <summary>Backup codes, each of which works once.</summary>
internal static class BackupCodeChecks
{
    public static async Task One_backup_code_in_many_sessions_signs_in_once(StoreHarness harness)
    {
        await using var scene = await Scene.EnrolledAsync(harness, Scene.Lenient);
        var challenges = await scene.BeginSignInsAsync();
        scene.ExpectAtOnce(Soak.Callers);

        var answers = await StoreSteps.AtOnceAsync(
            Soak.Callers, async i => await scene.SignIn.VerifyAsync(challenges[i % challenges.Length], MfaFactorType.BackupCode, scene.Alice.BackupCodes[3]));

        Expect.Equal(answers.Count(a => a is VerifySignInResult.SignedIn), 1, "Sign-ins with one backup code");
        Expect.Equal((await scene.AccountAsync()).BackupCodes!.Remaining, 9, "Codes left");
        Expect.Equal(await scene.EventsAsync(AuditNames.SignInSucceeded), 1, "Recorded sign-ins");
        await scene.ExpectWholeChainAsync();
    }

    public static async Task No_lost_update_revives_a_spent_backup_code(StoreHarness harness)
    {
        const int each = 8;
        await using var scene = await Scene.EnrolledAsync(harness, Scene.Lenient);
        scene.ExpectAtOnce(10 * each);

        var answers = await StoreSteps.AtOnceAsync(10 * each, async i =>
        {
            while (true)
            {
                var answer = await scene.SignIn.StepUpAsync(scene.Alice.Id, MfaFactorType.BackupCode, scene.Alice.BackupCodes[i % 10]);
                if (answer is not StepUpResult.Refused { Refusal: CodeRefusal.Contended or CodeRefusal.Busy }) return answer;
            }
        });

        Expect.Equal(answers.Count(a => a is StepUpResult.Proved), 10, "Proofs by ten codes");
        Expect.Equal((await scene.AccountAsync()).BackupCodes!.Remaining, 0, "Codes left");
        Expect.Equal(await scene.EventsAsync(AuditNames.StepUpSucceeded), 10, "Recorded proofs");
        await scene.ExpectWholeChainAsync();
    }
}
