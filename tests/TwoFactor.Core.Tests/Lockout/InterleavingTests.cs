using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Verification;

namespace TwoFactor.Tests.Lockout;

/// <summary>Somebody who knows the password does everything he can, in any order, while the user signs in now and then.</summary>
[Attack(13)]
public sealed class InterleavingTests
{
    [Test]
    public async Task Answered_guesses_never_exceed_any_limit([Range(1, 24)] int seed)
    {
        using var host = TestHost.Start(o => o.BackupCodes.Count = 1);
        var ada = await host.EnrollAsync();
        var dice = new Dice($"interleaving {seed}");
        var challenges = new List<ChallengeToken>();
        var guesses = new List<DateTimeOffset>();
        var (inRow, inRound, lastLock) = (0, 0, 0L);
        for (var action = 0; action < 300; action++)
        {
            var at = $"seed {seed}, action {action}";
            switch (dice.Roll(12))
            {
                case 0 or 1:
                    if (await host.BeginSignInAsync(ada) is BeginSignInResult.ChallengeRequired begun) challenges.Add(begun.Challenge);
                    break;
                case 2 or 3 or 4 when challenges.Count > 0:
                    Count(await host.EnterAsync(challenges[dice.Roll(challenges.Count)], ada.App.WrongCodeAt(host.Now)) as VerifySignInResult.Refused, at);
                    break;
                case 5 or 6 when challenges.Count > 0:
                    Count(await host.EnterBackupCodeAsync(challenges[dice.Roll(challenges.Count)], ada.WrongBackupCode()) as VerifySignInResult.Refused, at);
                    break;
                case 7:
                    Answered((await host.SignIn.StepUpAsync(ada.Id, MfaFactorType.Totp, ada.App.WrongCodeAt(host.Now)) as StepUpResult.Refused)?.Refusal, at);
                    break;
                case 8:
                    if (dice.Roll(4) == 0) await host.SignIn.ReportPasswordChangedAsync(ada.Id);
                    else await host.SignIn.ReportPasswordFailureAsync(ada.Id);
                    break;
                case 9:
                    host.Clock.Advance(TimeSpan.FromMinutes(dice.Roll(90)));
                    break;
                case 10:
                    await host.SignIn.BeginAsync(new SignInRequest(ada.Id) { Method = dice.Roll(2) == 0 ? SignInMethod.Sso : SignInMethod.MagicLink });
                    break;
                case 11 when dice.Roll(3) == 0:
                    host.NextCode();
                    if (await host.BeginSignInAsync(ada) is not BeginSignInResult.ChallengeRequired own) break;
                    Assert.That(await host.EnterAsync(own.Challenge, ada.App.CodeAt(host.Now)), Is.TypeOf<VerifySignInResult.SignedIn>(), at);
                    (inRow, inRound) = (0, 0);
                    break;
            }
        }

        Assert.That(guesses, Has.Count.GreaterThan(10), "the dice have tried");

        void Count(VerifySignInResult.Refused? refused, string at) => Answered(refused?.Refusal, at);

        void Answered(CodeRefusal? refusal, string at)
        {
            // The guess that locks is answered, too; it is told from a refusal under the lock by its record.
            var record = host.LastAuditOf(ada.Id);
            var isLast = refusal is CodeRefusal.LockedOut && record.Name == "mfa_locked" && record.Sequence != lastLock;
            if (refusal is not (CodeRefusal.Wrong or CodeRefusal.StartOver) && !isLast) return;
            guesses.Add(host.Now);
            (inRow, inRound) = (inRow + 1, inRound + 1);
            Assert.That(inRow, Is.LessThanOrEqualTo(50), at);
            Assert.That(inRound, Is.LessThanOrEqualTo(5), at);
            Assert.That(guesses.Count(g => g > host.Now - TimeSpan.FromHours(24)), Is.LessThanOrEqualTo(20), at);
            Assert.That(guesses.Count(g => g > host.Now - TimeSpan.FromDays(30)), Is.LessThanOrEqualTo(60), at);
            if (!isLast) return;
            (lastLock, inRound) = (record.Sequence, 0);
        }
    }
}
