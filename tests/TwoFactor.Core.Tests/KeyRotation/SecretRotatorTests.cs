using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Enrollment;
using TwoFactor.KeyRotation;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;

namespace TwoFactor.Tests.KeyRotation;

/// <summary>All seeds move to the current key while users sign in; then the old key can go.</summary>
[Feature("E7")]
public sealed class SecretRotatorTests
{
    private static readonly Action<TwoFactorBuilder> OldAndNew = b => b.UseSecretKeys("k2", TestHost.Keys("k1", "k2"));
    private static readonly Action<TwoFactorBuilder> NewOnly = b => b.UseSecretKeys("k2", TestHost.Keys("k2"));

    private static async Task<List<Person>> EnrollAsync(TestHost host, int users)
    {
        var people = new List<Person>();
        for (var i = 0; i < users; i++) people.Add(await host.EnrollAsync($"user-{i:D3}"));
        return people;
    }

    private static async Task<RotationProgress> CompleteAsync(TestHost host, int step = 7, RotationProgress? progress = null)
    {
        while (true)
        {
            // Kept and read again after each step.
            progress = RotationProgress.TryParse((await host.Rotator.StepAsync(progress, step)).ToString())!;
            if (progress.IsComplete) return progress;
        }
    }

    [Test]
    [Attack(37)]
    public async Task Every_seed_moves_once_and_without_the_old_key_everybody_signs_in()
    {
        using var host = TestHost.Start();
        var people = await EnrollAsync(host, 30);
        await host.BeginEnrollmentAsync(new UserId("half-way"));
        using (var rotating = host.Restart(build: OldAndNew))
        {
            var progress = await CompleteAsync(rotating);
            Assert.That((progress.Examined, progress.Rotated, progress.Left, progress.OldKeysCanGo), Is.EqualTo((31L, 31L, 0L, true)));
            Assert.That(people.Select(p => host.AuditNamesOf(p.Id).Count(name => name == "mfa_secret_rewrapped")), Is.All.EqualTo(1));
            var again = await CompleteAsync(rotating);
            Assert.That((again.Examined, again.Rotated, again.OldKeysCanGo), Is.EqualTo((31L, 0L, true)), "once is enough");
        }

        using var rotated = host.Restart(build: NewOnly);
        foreach (var person in people) Assert.That(await rotated.SignInAsync(person), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    public async Task A_set_up_that_waits_for_its_first_code_moves_too_and_is_confirmed_without_the_old_key()
    {
        using var host = TestHost.Start();
        var user = new UserId("half-way");
        var offer = await host.BeginEnrollmentAsync(user);
        using (var rotating = host.Restart(build: OldAndNew)) await CompleteAsync(rotating);
        using var rotated = host.Restart(build: NewOnly);
        var confirmed = await rotated.Enrollment.ConfirmAsync(user, offer.EnrollmentId, Phone.Scan(offer.Uri).CodeAt(host.Now));
        Assert.That(confirmed, Is.TypeOf<ConfirmEnrollmentResult.Confirmed>());
    }

    [Test]
    [Attack(37)]
    public async Task Stopped_at_any_write_and_taken_up_in_another_process_it_moves_every_seed_once([Range(1, 20)] int writes)
    {
        using var host = TestHost.Start();
        var people = await EnrollAsync(host, 20);
        string? kept = null;
        using (var killed = host.Restart(build: OldAndNew))
        {
            var left = writes;
            killed.Store.BeforeSave = () => left-- == 0 ? throw new IOException("The process is killed.") : Task.CompletedTask;
            Assert.That(
                async () =>
                {
                    var progress = await killed.Rotator.StepAsync(null, 6);
                    for (kept = progress.ToString(); !progress.IsComplete; kept = progress.ToString()) progress = await killed.Rotator.StepAsync(progress, 6);
                },
                writes == 20 ? Throws.Nothing : Throws.InstanceOf<IOException>());
        }

        using (var resumed = host.Restart(build: OldAndNew))
            Assert.That((await CompleteAsync(resumed, 6, RotationProgress.TryParse(kept))).OldKeysCanGo, Is.True);
        Assert.That(people.Select(p => host.AuditNamesOf(p.Id).Count(name => name == "mfa_secret_rewrapped")), Is.All.EqualTo(1));
        using var rotated = host.Restart(build: NewOnly);
        foreach (var person in people) Assert.That(await rotated.SignInAsync(person), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    public async Task Between_load_and_save_somebody_signs_in_and_neither_loses_what_the_other_wrote()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        using var rotating = host.Restart(build: OldAndNew);
        var (others, step) = (1, (await host.StoredAsync(ada.Id)).Active!.LastAcceptedStep);
        rotating.Store.BeforeSave = async () =>
        {
            if (others-- > 0) await host.MustSignInAsync(ada);
        };
        Assert.That((await CompleteAsync(rotating)).OldKeysCanGo, Is.True);
        Assert.That((await host.StoredAsync(ada.Id)).Active!.LastAcceptedStep, Is.GreaterThan(step), "the code of that sign-in stays spent");
        using var rotated = host.Restart(build: NewOnly);
        Assert.That(await rotated.SignInAsync(ada), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    public async Task An_account_that_others_keep_busy_is_reported_and_moves_the_next_time()
    {
        using var host = TestHost.Start();
        var people = await EnrollAsync(host, 3);
        using var rotating = host.Restart(build: OldAndNew);
        var busy = true;
        rotating.Store.BeforeSave = async () =>
        {
            if (busy) await host.OverwriteAsync(await host.StoredAsync(people[1].Id));
        };
        var first = await CompleteAsync(rotating);
        Assert.That((first.Rotated, first.Left, first.OldKeysCanGo), Is.EqualTo((2L, 1L, false)));
        Assert.That(first.Findings, Is.EqualTo(new[] { new RotationFinding(people[1].Id, RotationProblem.Contended) }));
        busy = false;
        var second = await CompleteAsync(rotating);
        Assert.That((second.Rotated, second.OldKeysCanGo), Is.EqualTo((1L, true)));
    }

    [Test]
    [Attack(23)]
    [Attack(37)]
    public async Task A_row_that_cannot_be_opened_is_reported_and_stops_nobody_elses()
    {
        using var host = TestHost.Start();
        var people = await EnrollAsync(host, 4);
        using (var lost = host.Restart(build: b => b.UseSecretKeys("k0", TestHost.Keys("k0")))) await lost.EnrollAsync("lost");
        var copied = (await host.StoredAsync(people[0].Id)).Active!.ProtectedSecret;
        var victim = await host.StoredAsync(people[2].Id);
        await host.OverwriteAsync(victim with { Active = victim.Active! with { ProtectedSecret = copied } });
        var before = await host.StoredAsync(new UserId("lost"));
        using var rotating = host.Restart(build: OldAndNew);
        var progress = await CompleteAsync(rotating, step: 2);
        Assert.That((progress.Examined, progress.Rotated, progress.Left, progress.OldKeysCanGo), Is.EqualTo((5L, 3L, 2L, false)));
        Assert.That(progress.Findings, Is.EqualTo(new[]
        {
            new RotationFinding(new UserId("lost"), RotationProblem.KeyMissing), new RotationFinding(people[2].Id, RotationProblem.Damaged),
        }));
        Assert.That(await host.StoredAsync(new UserId("lost")), Is.EqualTo(before), "nothing is changed of what cannot be opened");
        using var found = host.Restart(build: b => b.UseSecretKeys("k2", TestHost.Keys("k0", "k2")));
        Assert.That((await CompleteAsync(found)).Findings.Select(f => f.UserId), Is.EqualTo(new[] { people[2].Id }), "with the key back it moves");
    }

    [Test]
    public async Task Progress_under_another_current_key_begins_anew()
    {
        using var host = TestHost.Start();
        var people = await EnrollAsync(host, 10);
        RotationProgress half;
        using (var rotating = host.Restart(build: OldAndNew)) half = await rotating.Rotator.StepAsync(null, 5);
        using (var third = host.Restart(build: b => b.UseSecretKeys("k3", TestHost.Keys("k1", "k2", "k3"))))
        {
            var progress = await CompleteAsync(third, 5, half);
            Assert.That((progress.Examined, progress.Rotated, progress.OldKeysCanGo), Is.EqualTo((10L, 10L, true)));
        }

        using var rotated = host.Restart(build: b => b.UseSecretKeys("k3", TestHost.Keys("k3")));
        foreach (var person in people) Assert.That(await rotated.SignInAsync(person), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    public async Task Progress_is_kept_as_text_without_a_secret_and_other_text_is_none()
    {
        using var host = TestHost.Start();
        await EnrollAsync(host, 3);
        var progress = await host.Rotator.StepAsync(null, 2);
        Assert.That(progress.IsComplete, Is.False);
        var text = progress.ToString();
        Assert.That(RotationProgress.TryParse(text)!.ToString(), Is.EqualTo(text));
        foreach (var stored in new[] { "user-000", "user-001" })
            Assert.That(text, Does.Not.Contain(Convert.ToBase64String((await host.StoredAsync(new UserId(stored))).Active!.ProtectedSecret.AsSpan())));
        foreach (var other in new[] { null, "", "{}", "null", "[]", "x", "{\"progress\":null,\"marker\":\"\"}", "{\"progress\":{\"after\":\" \"},\"marker\":\"\"}", text[..^1] })
            Assert.That(RotationProgress.TryParse(other), Is.Null, other);
        Assert.That(async () => await host.Rotator.StepAsync(progress, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(async () => await host.Rotator.StepAsync(progress, SecretRotator.MaxStep + 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(async () => await host.Rotator.StepAsync(progress, 1, new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Nobody_enrolled_is_complete_at_once()
    {
        using var host = TestHost.Start();
        var progress = await host.Rotator.StepAsync();
        Assert.That((progress.IsComplete, progress.Examined, progress.OldKeysCanGo), Is.EqualTo((true, 0L, true)));
    }
}
