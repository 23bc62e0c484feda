using System.Collections.Immutable;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Verification;

namespace TwoFactor.Tests.Verification;

/// <summary>Seeds are encrypted under a ring of keys, bound to user and enrolment.</summary>
[Feature("E7")]
public sealed class SeedsAtRestTests
{
    private static readonly Action<TwoFactorBuilder> OldAndNew = b => b.UseSecretKeys("k2", TestHost.Keys("k1", "k2"));
    private static readonly Action<TwoFactorBuilder> NewOnly = b => b.UseSecretKeys("k2", TestHost.Keys("k2"));

    [Test]
    [Attack(37)]
    public async Task A_seed_moves_to_the_current_key_when_it_is_used_and_the_old_key_can_go()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var before = (await host.StoredAsync(ada.Id)).Active!.ProtectedSecret;
        using (var rotating = host.Restart(build: OldAndNew))
        {
            await rotating.MustSignInAsync(ada);
            var after = (await host.StoredAsync(ada.Id)).Active!.ProtectedSecret;
            Assert.That(after.AsSpan().SequenceEqual(before.AsSpan()), Is.False);
            Assert.That(rotating.AuditNamesOf(ada.Id), Has.One.EqualTo("mfa_secret_rewrapped"));
            await rotating.MustSignInAsync(ada);
            Assert.That((await host.StoredAsync(ada.Id)).Active!.ProtectedSecret, Is.EqualTo(after), "once is enough");
        }

        using var rotated = host.Restart(build: NewOnly);
        Assert.That(await rotated.SignInAsync(ada), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    public async Task A_wrong_code_moves_nothing()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var before = (await host.StoredAsync(ada.Id)).Active!.ProtectedSecret;
        using var rotating = host.Restart(build: OldAndNew);
        await rotating.GuessAsync(ada);
        Assert.That((await host.StoredAsync(ada.Id)).Active!.ProtectedSecret, Is.EqualTo(before));
    }

    [Test]
    [Attack(37)]
    public async Task A_missing_key_is_unavailable_not_charged_and_never_not_enrolled()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        using var keyLost = host.Restart(build: NewOnly);
        var challenge = await keyLost.PassPasswordAsync(ada);
        var before = await host.StoredAsync(ada.Id);
        for (var i = 0; i < 10; i++)
        {
            Assert.That((await keyLost.EnterAsync(challenge, ada.App.CodeAt(host.Now))).Refusal(), Is.TypeOf<CodeRefusal.Unavailable>());
            Assert.That((await keyLost.EnterAsync(challenge, ada.App.WrongCodeAt(host.Now))).Refusal(), Is.TypeOf<CodeRefusal.Unavailable>());
            Assert.That((await keyLost.SignIn.StepUpAsync(ada.Id, MfaFactorType.Totp, "123456")).Refusal(), Is.TypeOf<CodeRefusal.Unavailable>());
        }

        Assert.That(await host.StoredAsync(ada.Id), Is.SameAs(before));
        Assert.That((await keyLost.Status.GetAsync(ada.Id)).IsEnrolled, Is.True);
        Assert.That(await keyLost.EnterBackupCodeAsync(challenge, ada.BackupCodes[0]), Is.TypeOf<VerifySignInResult.SignedIn>(), "a backup code needs no seed");
        host.NextCode();
        host.NextCode();
        Assert.That(await host.SignInAsync(ada), Is.TypeOf<VerifySignInResult.SignedIn>(), "with the key back all is as before");
    }

    [Test]
    [Attack(23)]
    public async Task A_seed_copied_from_another_user_or_another_enrolment_does_not_open()
    {
        using var host = TestHost.Start();
        var (ada, eve) = (await host.EnrollAsync("ada"), await host.EnrollAsync("eve"));
        var adas = await host.StoredAsync(ada.Id);
        var eves = await host.StoredAsync(eve.Id);
        await host.OverwriteAsync(adas with { Active = adas.Active! with { ProtectedSecret = eves.Active!.ProtectedSecret } });
        Assert.That((await host.SignInAsync(ada with { App = eve.App })).Refusal(), Is.TypeOf<CodeRefusal.Unavailable>(), "the seed alone");
        await host.OverwriteAsync(adas with { Active = eves.Active });
        Assert.That((await host.SignInAsync(ada with { App = eve.App })).Refusal(), Is.TypeOf<CodeRefusal.Unavailable>(), "the whole enrolment");
        await host.OverwriteAsync(adas with { Active = adas.Active with { Id = EnrollmentId.New() } });
        Assert.That((await host.SignInAsync(ada)).Refusal(), Is.TypeOf<CodeRefusal.Unavailable>(), "another enrolment of her own");
        await host.OverwriteAsync(adas);
        Assert.That(await host.SignInAsync(ada), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    public async Task A_damaged_seed_is_unavailable_whatever_bit_was_flipped()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var stored = await host.StoredAsync(ada.Id);
        var envelope = stored.Active!.ProtectedSecret;
        var damaged = Enumerable.Range(0, envelope.Length).Select(i => envelope.SetItem(i, (byte)(envelope[i] ^ 1)))
            .Concat(Enumerable.Range(0, envelope.Length).Select(length => envelope[..length]))
            .Append(envelope.AddRange(new byte[100_000]));
        foreach (var bytes in damaged)
        {
            await host.OverwriteAsync(stored with { Active = stored.Active with { ProtectedSecret = bytes } });
            var answer = (await host.SignIn.StepUpAsync(ada.Id, MfaFactorType.Totp, ada.App.CodeAt(host.Now))).Refusal();
            Assert.That(answer, Is.TypeOf<CodeRefusal.Unavailable>(), Convert.ToHexString(bytes.AsSpan()[..Math.Min(bytes.Length, 100)]));
        }

        Assert.That((await host.StoredAsync(ada.Id)).Attempts.RoundFailures, Is.Zero);
    }

    [TestCase("not a hash"), TestCase(""), TestCase("$argon2id$v=19$m=4194304,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g")]
    public async Task A_damaged_hash_of_a_backup_code_is_unavailable_and_not_charged(string hash)
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var stored = await host.StoredAsync(ada.Id);
        await host.OverwriteAsync(stored with { BackupCodes = stored.BackupCodes! with { Hashes = [.. Enumerable.Repeat<string?>(hash, 10)] } });
        Assert.That((await host.SignIn.StepUpAsync(ada.Id, MfaFactorType.BackupCode, ada.BackupCodes[0])).Refusal(), Is.TypeOf<CodeRefusal.Unavailable>());
        Assert.That((await host.StoredAsync(ada.Id)).Attempts.RoundFailures, Is.Zero);
    }

    [Test]
    public async Task The_same_seed_is_never_sealed_alike_twice()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var seen = new HashSet<string>();
        ImmutableArray<byte> Stored(Account account) => account.Active!.ProtectedSecret;
        for (var i = 0; i < 6; i++)
        {
            Assert.That(seen.Add(Convert.ToHexString(Stored(await host.StoredAsync(ada.Id)).AsSpan())), Is.True);
            var current = i % 2 == 0 ? "k2" : "k1";
            using var rotating = host.Restart(build: b => b.UseSecretKeys(current, TestHost.Keys("k1", "k2")));
            await rotating.MustSignInAsync(ada);
        }
    }
}
