using System.Globalization;
using Npgsql;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>Delivery of audit events while transactions that took earlier positions are still open.</summary>
[TestFixture]
public sealed class AuditFeedTests
{
    private const string Columns = "chain, sequence, schema_version, name, occurred_at, actor, details, previous_hash, hash";
    private TemporaryPostgreSql _database = null!;
    private EntityFrameworkAuditLog _log = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        _database = await TemporaryPostgreSql.WithSchemaAsync();
        _log = new EntityFrameworkAuditLog(_database.CreateContext);
    }

    [TearDown]
    public async Task RemoveAsync() => await _database.DisposeAsync();

    [Test]
    [Feature("X10")]
    public async Task An_event_whose_transaction_is_committed_late_is_not_passed_over()
    {
        Assert.That(await SaveAsync("before"), Is.True);
        await using var slow = _database.Open();
        await using var transaction = await slow.BeginTransactionAsync();
        await AddAsync(transaction, "slow");
        Assert.That(await SaveAsync("after"), Is.True);

        // The negative control: the later one is there, and whoever read on to it would never see the earlier.
        Assert.That(_database.Execute("SELECT string_agg(chain, ' ' ORDER BY position) FROM two_factor_audit_events"), Is.EqualTo("account:before account:after"));
        Assert.That(await ReadAsync(0), Is.EqualTo(["account:before"]));
        Assert.That(await ReadAsync(1), Is.Empty);
        await transaction.CommitAsync();

        Assert.That(await ReadAsync(1), Is.EqualTo(["account:slow", "account:after"]));
        Assert.That(await ReadAsync(0), Is.EqualTo(["account:before", "account:slow", "account:after"]));
    }

    [Test]
    public async Task A_position_whose_transaction_was_undone_is_passed()
    {
        await using var open = _database.Open();
        await using var other = await open.BeginTransactionAsync();
        await using (var slow = _database.Open())
        {
            await using var transaction = await slow.BeginTransactionAsync();
            await AddAsync(transaction, "undone");
            Assert.That(await SaveAsync("after"), Is.True);
            Assert.That(await ReadAsync(0), Is.Empty);
            await transaction.RollbackAsync();
        }

        // One that begins later keeps nothing back.
        await AddAsync(other, "later");
        Assert.That(await ReadAsync(0), Is.EqualTo(["account:after"]));
    }

    [Test]
    public async Task Events_that_a_host_has_removed_keep_nothing_back()
    {
        for (var i = 0; i < 5; i++) Assert.That(await SaveAsync($"user {i}"), Is.True);
        _database.Execute("DELETE FROM two_factor_audit_events WHERE position IN (1, 3)");
        Assert.That(await ReadAsync(0), Is.EqualTo(["account:user 1", "account:user 3", "account:user 4"]));
        Assert.That(await ReadAsync(2), Is.EqualTo(["account:user 3", "account:user 4"]));
    }

    [Test]
    public async Task Many_writers_and_a_reader_that_follows_them_lose_no_event()
    {
        const int writers = 16, each = 25;
        var writing = Task.WhenAll(Enumerable.Range(0, writers).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++) Assert.That(await SaveAsync($"user {w}-{i}"), Is.True);
        })));
        var (seen, after) = (new List<string>(), 0L);
        while (true)
        {
            var done = writing.IsCompleted;
            var page = await _log.ReadAsync(after, 7, CancellationToken.None);
            seen.AddRange(page.Select(row => row.Event.Chain.ToString()));
            if (page.Length > 0) after = page[^1].Position;
            else if (done) break;
        }

        await writing;
        Assert.That(seen, Has.Count.EqualTo(writers * each).And.Unique);
    }

    private async Task<bool> SaveAsync(string user)
    {
        var (account, events) = Rows.Next(Account.NewFor(new UserId(user)), 1, 1);
        return await _database.CreateStore().TrySaveAsync(account, 0, events, CancellationToken.None);
    }

    private async Task<string[]> ReadAsync(long after) =>
        [.. (await _log.ReadAsync(after, 100, CancellationToken.None)).Select(row => row.Event.Chain.ToString())];

    private static async Task AddAsync(NpgsqlTransaction transaction, string user)
    {
        await using var command = new NpgsqlCommand(
            string.Create(CultureInfo.InvariantCulture, $"""
                INSERT INTO two_factor_accounts (user_id, version, updated_at, enrolled, locked_until, pending_until, previous_sign_in, data) VALUES ('{user}', 1, 0, FALSE, 0, 0, 0, '');
                INSERT INTO two_factor_audit_events ({Columns}) VALUES ('account:{user}', 1, 1, 'x', 0, 'x', '[]', '', '')
                """).Replace("'[]'", "'{}'", StringComparison.Ordinal),
            transaction.Connection, transaction);
        await command.ExecuteNonQueryAsync();
    }
}
