using System.Data.Common;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>Rows that somebody changed with other tools.</summary>
[TestFixture(Engine.Sqlite)]
[TestFixture(Engine.PostgreSql)]
[Feature("X1")]
public sealed class DamageTests(Engine engine)
{
    [TestCase("UPDATE two_factor_audit_events SET actor = 'mallory' WHERE sequence = 2", 2)]
    [TestCase("UPDATE two_factor_audit_events SET occurred_at = occurred_at + 1 WHERE sequence = 3", 3)]
    [TestCase("UPDATE two_factor_audit_events SET mfa_factor_type = 1 WHERE sequence = 1", 1)]
    [TestCase("UPDATE two_factor_audit_events SET details = '{\"a\":\"b\"}' WHERE sequence = 4", 4)]
    [TestCase("DELETE FROM two_factor_audit_events WHERE sequence = 2", 2)]
    [TestCase("DELETE FROM two_factor_audit_events WHERE sequence = 4", 4)]
    [TestCase("UPDATE two_factor_audit_events SET sequence = 9 WHERE sequence = 1; UPDATE two_factor_audit_events SET sequence = 1 WHERE sequence = 2; UPDATE two_factor_audit_events SET sequence = 2 WHERE sequence = 9", 1)]
    [Feature("X10")]
    public async Task A_changed_removed_or_reordered_row_breaks_the_chain(string sql, long expected)
    {
        await using var database = await TestDatabase.WithSchemaAsync(engine);
        var store = database.CreateStore();
        for (var i = 1; i <= 2; i++) Assert.That(await store.WriteAsync(i), Is.True);
        database.Execute(sql);
        var (account, _) = await store.LoadAsync(Rows.Alice, CancellationToken.None);
        Assert.That(AuditChain.FindBreak(await store.EventsOfAsync(Rows.Alice), account!.AuditHead), Is.EqualTo(expected));
    }

    [TestCase("UPDATE two_factor_audit_events SET details = 'no json' WHERE sequence = 2")]
    [TestCase("UPDATE two_factor_audit_events SET occurred_at = 9223372036854775807 WHERE sequence = 2")]
    public async Task An_event_that_cannot_be_read_is_named(string sql)
    {
        await using var database = await TestDatabase.WithSchemaAsync(engine);
        var store = database.CreateStore();
        Assert.That(await store.WriteAsync(1), Is.True);
        database.Execute(sql);
        var fault = await Assert.ThrowsAsync<InvalidDataException>(async () => await store.EventsOfAsync(Rows.Alice));
        Assert.That(fault!.Message, Does.Contain("event 2 of 'account:alice'"));
    }

    [Test]
    public async Task What_stands_in_the_row_is_read_whatever_was_saved()
    {
        await using var database = await TestDatabase.WithSchemaAsync(engine);
        var store = database.CreateStore();
        Assert.That(await store.WriteAsync(1), Is.True);
        var (saved, version) = await store.LoadAsync(Rows.Alice, CancellationToken.None);
        var other = AccountSerializer.Serialize(saved! with { Epoch = 7 });
        var bytes = $"{(engine == Engine.Sqlite ? "x'" : @"'\x")}{Convert.ToHexString(other)}'";
        database.Execute($"UPDATE two_factor_accounts SET data = {bytes}");
        var read = await store.LoadAsync(Rows.Alice, CancellationToken.None);
        Assert.That((read.Account!.Epoch, read.Version), Is.EqualTo((7L, version)), "Not what the store has saved itself.");
    }

    [Test]
    [Attack(23)]
    public async Task A_row_copied_to_another_user_is_refused()
    {
        await using var database = await TestDatabase.WithSchemaAsync(engine);
        var store = database.CreateStore();
        Assert.That(await store.WriteAsync(1), Is.True);
        database.Execute("CREATE TEMP TABLE copy AS SELECT * FROM two_factor_accounts; UPDATE copy SET user_id = 'mallory'; INSERT INTO two_factor_accounts SELECT * FROM copy");
        await Assert.ThrowsAsync<InvalidDataException>(async () => await store.LoadAsync(new UserId("mallory"), CancellationToken.None));
    }

    [Test]
    public async Task A_damaged_account_throws_and_is_not_taken_for_none()
    {
        await using var database = await TestDatabase.WithSchemaAsync(engine);
        var store = database.CreateStore();
        Assert.That(await store.WriteAsync(1), Is.True);
        database.Execute(engine == Engine.Sqlite ? "UPDATE two_factor_accounts SET data = x'7B7D'" : @"UPDATE two_factor_accounts SET data = '\x7B7D'");
        await Assert.ThrowsAsync<InvalidDataException>(async () => await store.LoadAsync(Rows.Alice, CancellationToken.None));
    }

    [Test]
    public async Task A_row_removed_from_under_its_trail_stays_removed_and_one_made_anew_has_no_version_of_the_old()
    {
        await using var database = await TestDatabase.WithSchemaAsync(engine);
        var store = database.CreateStore();
        Assert.That(await store.WriteAsync(1), Is.True);
        var (held, version) = await store.LoadAsync(Rows.Alice, CancellationToken.None);
        database.Execute("DELETE FROM two_factor_accounts");
        Assert.That(async () => await store.WriteAsync(2), Throws.InstanceOf<DbException>(), "Its chain goes on; a new account cannot begin it again.");

        database.Execute("DELETE FROM two_factor_audit_events");
        Assert.That((await store.LoadAsync(Rows.Alice, CancellationToken.None)).Version, Is.Zero);
        Assert.That(await store.WriteAsync(2), Is.True);

        var (late, events) = Rows.Next(held, 3);
        Assert.That(await store.TrySaveAsync(late, version, events, CancellationToken.None), Is.False, "A request from before the removal writes nothing.");
        Assert.That(await store.EpochAsync(), Is.EqualTo(2));
    }
}
