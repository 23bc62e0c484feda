using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.BackupCodes;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Verification;

namespace TwoFactor.Tests.Enrollment;

/// <summary>"Users receive 10 single-use backup codes when setting up 2FA."</summary>
[Feature("A7")]
public sealed class BackupCodeTests
{
    [Test]
    [Attack(8)]
    public async Task Each_of_the_ten_codes_works_once()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        Assert.That(ada.BackupCodes, Has.Length.EqualTo(10));
        for (var i = 0; i < 10; i++)
        {
            var signedIn = (await host.EnterBackupCodeAsync(await host.PassPasswordAsync(ada), ada.BackupCodes[i])).As<VerifySignInResult.SignedIn>();
            Assert.That(signedIn.BackupCodesLeft, Is.EqualTo(9 - i));
        }

        Assert.That((await host.BeginSignInAsync(ada)).As<BeginSignInResult.ChallengeRequired>().HasBackupCodes, Is.False);
        foreach (var code in ada.BackupCodes)
        {
            Assert.That((await host.EnterBackupCodeAsync(await host.PassPasswordAsync(ada), code)).Refusal(), Is.TypeOf<CodeRefusal.Wrong>());
            await host.Administration.UnlockAsync(Administrators.Root, ada.Id);
        }
    }

    [Test]
    public async Task A_used_code_never_works_again_whatever_happens_in_between()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        await host.EnterBackupCodeAsync(await host.PassPasswordAsync(ada), ada.BackupCodes[0]);
        host.Clock.Advance(TimeSpan.FromDays(400));
        await host.MustSignInAsync(ada);
        await host.GuessUntilLockedAsync(ada);
        await host.Administration.UnlockAsync(Administrators.Root, ada.Id);
        using var restarted = host.Restart();
        Assert.That((await restarted.EnterBackupCodeAsync(await restarted.PassPasswordAsync(ada), ada.BackupCodes[0])).Refusal(), Is.TypeOf<CodeRefusal.Wrong>());
    }

    [Test]
    public async Task Regenerating_replaces_all()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        await host.EnterBackupCodeAsync(await host.PassPasswordAsync(ada), ada.BackupCodes[0]);
        var made = host.Now;
        var fresh = (await host.Enrollment.RegenerateBackupCodesAsync(ada.Id, ada.Proof)).As<RegenerateBackupCodesResult.Regenerated>().BackupCodes;
        Assert.That(fresh, Has.Length.EqualTo(10).And.Unique);
        Assert.That(fresh.Intersect(ada.BackupCodes), Is.Empty);
        var status = await host.Status.GetAsync(ada.Id);
        Assert.That((status.BackupCodesLeft, status.BackupCodesGeneratedAt), Is.EqualTo((10, (DateTimeOffset?)made)));
        foreach (var old in ada.BackupCodes)
        {
            Assert.That((await host.EnterBackupCodeAsync(await host.PassPasswordAsync(ada), old)).Refusal(), Is.TypeOf<CodeRefusal.Wrong>());
            await host.Administration.UnlockAsync(Administrators.Root, ada.Id);
        }

        Assert.That(await host.EnterBackupCodeAsync(await host.PassPasswordAsync(ada), fresh[0]), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    public async Task Regenerating_asks_for_a_proof_and_keeps_the_authenticator()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var refused = await host.Enrollment.RegenerateBackupCodesAsync(ada.Id, null);
        Assert.That(refused.As<RegenerateBackupCodesResult.ProofRequired>().Refusal, Is.EqualTo(ProofRefusal.Missing));
        await host.Enrollment.RegenerateBackupCodesAsync(ada.Id, ada.Proof);
        Assert.That(await host.SignInAsync(ada), Is.TypeOf<VerifySignInResult.SignedIn>());
        Assert.That((await host.Status.GetAsync(ada.Id)).Epoch, Is.EqualTo(ada.Proof.Epoch));
    }

    [Test]
    [NonParallelizable]
    [Attack(36), Feature("E6")]
    public async Task Unknown_spent_and_wrong_codes_get_the_same_answer_for_one_hash_each()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        await host.EnterBackupCodeAsync(await host.PassPasswordAsync(ada), ada.BackupCodes[2]);
        var unknownSlot = UnknownSlot(ada.BackupCodes[0]);
        var answers = new List<CodeRefusal>();
        foreach (var code in new[] { unknownSlot, ada.BackupCodes[2], ada.WrongBackupCode(1) })
        {
            var challenge = await host.PassPasswordAsync(ada);
            using var hashes = new HashCounter();
            answers.Add((await host.EnterBackupCodeAsync(challenge, code)).Refusal());
            Assert.That(hashes.Count, Is.EqualTo(1), code);
            await host.Administration.UnlockAsync(Administrators.Root, ada.Id);
        }

        Assert.That(answers, Is.All.EqualTo(new CodeRefusal.Wrong(2, null)));
    }

    [Test]
    [NonParallelizable]
    [Feature("E6")]
    public async Task A_right_code_costs_one_hash_however_many_there_are()
    {
        using var host = TestHost.Start(o => o.BackupCodes.Count = 32);
        var ada = await host.EnrollAsync();
        var challenge = await host.PassPasswordAsync(ada);
        using var hashes = new HashCounter();
        Assert.That(await host.EnterBackupCodeAsync(challenge, ada.BackupCodes[31]), Is.TypeOf<VerifySignInResult.SignedIn>());
        Assert.That(hashes.Count, Is.EqualTo(1));
    }

    /// <summary>A well-formed code for a slot beyond the ten that were handed out.</summary>
    private static string UnknownSlot(string code)
    {
        const string symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        var typed = code.Replace("-", "", StringComparison.Ordinal).ToCharArray();
        typed[0] = 'Z';
        return symbols.Select(check => { typed[^1] = check; return new string(typed); })
            .First(text => BackupCodeFormat.TryParse(text, new char[16], out _, out _));
    }
}
