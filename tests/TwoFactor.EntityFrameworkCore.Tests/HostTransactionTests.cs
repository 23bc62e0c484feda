using System.Transactions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.EntityFrameworkCore.Tables;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Verification;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>A host whose own context has the two-factor tables, with transactions and loaded entities of its own.</summary>
[TestFixture]
[Feature("X1")]
public sealed class HostTransactionTests
{
    [Test]
    [Attack(11)]
    public async Task Failures_counted_inside_transactions_that_roll_back_stay_counted([Values] bool ambient, [Values] Engine engine)
    {
        await using var host = await Host.EnrolledAsync(engine);
        VerifySignInResult? last = null;
        for (var attempt = 0; attempt < 20; attempt++)
        {
            using var scope = ambient ? new TransactionScope(TransactionScopeAsyncFlowOption.Enabled) : null;
            await using var context = host.Database.CreateHostContext();
            // Deferred: it reads, and holds its snapshot, but does not keep SQLite's one writer's place.
            await using var own = ambient ? null : Begin(context, engine);
            Assert.That(await context.Notes.CountAsync(), Is.Zero);
            if (await host.SignIn.BeginAsync(new SignInRequest(host.User)) is BeginSignInResult.ChallengeRequired begun)
                last = await host.SignIn.VerifyAsync(begun.Challenge, MfaFactorType.Totp, host.WrongCode);
            if (own is not null) await own.RollbackAsync();
        }

        var locked = await host.SignIn.BeginAsync(new SignInRequest(host.User));
        Assert.That(last, Is.InstanceOf<VerifySignInResult.Refused>().With.Property("Refusal").InstanceOf<CodeRefusal.LockedOut>());
        Assert.That(locked, Is.InstanceOf<BeginSignInResult.LockedOut>());
        Assert.That((await host.Store.EventsOfAsync(host.User)).Count(e => e.Name == AuditNames.CodeRejected), Is.EqualTo(5));
    }

    [Test]
    [Attack(11)]
    public async Task Inside_a_transaction_that_keeps_the_file_locked_no_guess_is_answered()
    {
        await using var host = await Host.EnrolledAsync(Engine.Sqlite, "Default Timeout=1");
        var begun = (BeginSignInResult.ChallengeRequired)await host.SignIn.BeginAsync(new SignInRequest(host.User));
        await using (var context = host.Database.CreateHostContext())
        {
            await using var own = await context.Database.BeginTransactionAsync();
            await Assert.ThrowsAsync<SqliteException>(async () => await host.SignIn.VerifyAsync(begun.Challenge, MfaFactorType.Totp, host.WrongCode));
            await Assert.ThrowsAsync<SqliteException>(async () => await host.SignIn.VerifyAsync(begun.Challenge, MfaFactorType.Totp, host.CodeNow));
        }

        var answer = await host.SignIn.VerifyAsync(begun.Challenge, MfaFactorType.Totp, host.CodeNow);
        Assert.That(answer, Is.InstanceOf<VerifySignInResult.SignedIn>(), "What was not answered was not spent.");
    }

    [Test]
    [Attack(9)]
    public async Task A_stale_entity_in_the_hosts_context_revives_no_backup_code([Values] Engine engine)
    {
        await using var host = await Host.EnrolledAsync(engine);
        await using var context = host.Database.CreateHostContext();
        var stale = await context.Set<AccountRow>().SingleAsync();
        var (version, data) = (stale.Version, stale.Data);

        for (var i = 0; i < 10; i++)
        {
            Assert.That(await host.SignIn.StepUpAsync(host.User, MfaFactorType.BackupCode, host.BackupCodes[i]), Is.InstanceOf<StepUpResult.Proved>());
            var again = await host.SignIn.StepUpAsync(host.User, MfaFactorType.BackupCode, host.BackupCodes[i]);
            Assert.That(again, Is.InstanceOf<StepUpResult.Refused>().With.Property("Refusal").InstanceOf<CodeRefusal.Wrong>());
            // The host's tracker still serves what it has loaded, and its saves write nothing of it.
            Assert.That(await context.Set<AccountRow>().SingleAsync(), Is.SameAs(stale).And.Property("Version").EqualTo(version));
            context.Add(new Note { Text = $"note {i}" });
            await context.SaveChangesAsync();
        }

        context.Entry(stale).Property(row => row.Data).CurrentValue = [.. data];
        context.Entry(stale).Property(row => row.Data).IsModified = true;
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => context.SaveChangesAsync());
        var (account, _) = await host.Store.LoadAsync(host.User, CancellationToken.None);
        Assert.That(account!.BackupCodes!.Remaining, Is.Zero);
    }

    private static IDbContextTransaction Begin(HostContext context, Engine engine)
    {
        if (engine == Engine.PostgreSql) return context.Database.BeginTransaction();
        context.Database.OpenConnection();
        return context.Database.UseTransaction(((SqliteConnection)context.Database.GetDbConnection()).BeginTransaction(deferred: true))!;
    }
}
