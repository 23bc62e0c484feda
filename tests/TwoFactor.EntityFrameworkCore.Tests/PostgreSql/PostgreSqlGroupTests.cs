using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.EntityFrameworkCore.Tests.Faults;
using TwoFactor.StoreConformance;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>
/// Saves that share a round trip to the server: a row that somebody else holds keeps its own save waiting and no other, and a trip whose
/// answer is lost is a fault for all on it. What holds of groups on both engines is in <see cref="GroupedWritesTests"/>.
/// </summary>
[TestFixture]
[Feature("X1")]
public sealed class PostgreSqlGroupTests
{
    private const string KillAll = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";

    private static readonly UserId[] Users = [.. Enumerable.Range(0, 12).Select(i => new UserId($"user-{i:00}"))];

    // Only a test that fails waits as long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private TemporaryPostgreSql _database = null!;
    private FaultPlan _plan = null!;
    private EntityFrameworkAccountStore _store = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        _database = await TemporaryPostgreSql.WithSchemaAsync();
        _plan = new FaultPlan();
        _store = _database.CreateStore(_plan);
        foreach (var user in Users) Assert.That(await SaveNextAsync(_store, user), Is.True);
    }

    [TearDown]
    public async Task RemoveAsync() => await _database.DisposeAsync();

    [Test]
    public async Task A_group_is_one_transaction_of_the_server()
    {
        Assert.That(await TogetherAsync(_store, Users), Is.All.True);
        Assert.That(_database.Execute("SELECT COUNT(DISTINCT xmin::text) FROM two_factor_accounts"), Is.EqualTo(1L));
        await AssertEpochsAsync(2);
    }

    [Test]
    public async Task A_row_that_somebody_holds_keeps_only_its_own_save_waiting()
    {
        await using var holder = _database.Open();
        await using var transaction = await holder.BeginTransactionAsync();
        await HoldAsync(transaction, Users[5..6]);
        var saves = await StartTogetherAsync(_store, Users);
        foreach (var (save, i) in saves.Select((save, i) => (save, i)).Where(each => each.i != 5)) Assert.That(await save.WaitAsync(Patience), Is.True, Users[i].Value);
        await WaitForWaitersAsync(1);
        Assert.That(saves[5].IsCompleted, Is.False, "It waits as long as it takes.");
        await transaction.RollbackAsync();
        Assert.That(await saves[5], Is.True);
        await AssertEpochsAsync(2);
    }

    [Test]
    public async Task Saves_that_wait_for_rows_do_not_use_up_the_turns_of_others()
    {
        // More than have a turn at a time, each with a group of its own.
        var held = Enumerable.Range(0, Math.Max(2, Environment.ProcessorCount) + 2).Select(i => new UserId($"held-{i}")).ToArray();
        foreach (var user in held) Assert.That(await SaveNextAsync(_store, user), Is.True);
        await using var holder = _database.Open();
        await using var transaction = await holder.BeginTransactionAsync();
        await HoldAsync(transaction, held);
        var waiting = new List<Task<bool>>();
        foreach (var user in held)
        {
            waiting.Add(SaveNextAsync(_store, user));
            await WaitForWaitersAsync(waiting.Count).WaitAsync(Patience);
        }

        foreach (var user in Users) Assert.That(await SaveNextAsync(_store, user).WaitAsync(Patience), Is.True);
        Assert.That(waiting.Any(save => save.IsCompleted), Is.False);
        await transaction.RollbackAsync();
        Assert.That(await Task.WhenAll(waiting), Is.All.True);
    }

    [Test]
    public async Task An_event_that_a_trigger_of_the_host_swallows_is_a_fault_of_its_own_save()
    {
        _database.Execute("""
            CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF new.sequence = 4 THEN RETURN NULL; END IF; RETURN NEW; END';
            CREATE TRIGGER swallow BEFORE INSERT ON two_factor_audit_events FOR EACH ROW WHEN (new.subject = 'user-03') EXECUTE FUNCTION swallow();
            """);
        var saves = await StartTogetherAsync(_store, Users[..6]);
        for (var i = 0; i < saves.Length; i++)
        {
            if (i == 3) await Assert.ThrowsAsync<InvalidOperationException>(() => saves[3]);
            else Assert.That(await saves[i], Is.True);
        }
    }

    [Test]
    public async Task A_group_whose_connection_is_terminated_before_it_is_a_fault_for_each_and_writes_nothing()
    {
        _plan.Before = step =>
        {
            if (step == "WITH") _database.Execute(KillAll);
        };
        _plan.Arm(0);
        foreach (var save in await StartTogetherAsync(_store, Users)) Assert.That((await Assert.CatchAsync<NpgsqlException>(() => save))!.IsTransient, Is.True);
        Assert.That(_plan.Steps.Count(step => step == "WITH"), Is.EqualTo(1), "Nobody is tried again: whoever asked may do that.");
        _plan.Before = _ => { };
        NpgsqlConnection.ClearAllPools();
        await AssertEpochsAsync(1);
        Assert.That(await TogetherAsync(_store, Users), Is.All.True);
    }

    [TestCase(Cut.InsideTheStatement, 1)]
    [TestCase(Cut.BeforeTheAnswer, 2)]
    [TestCase(Cut.InsideTheAnswer, 2)]
    public async Task A_group_whose_connection_is_cut_is_a_fault_for_each_and_written_whole_or_not_at_all(Cut cut, int epoch)
    {
        var direct = new NpgsqlConnectionStringBuilder(_database.ConnectionString);
        await using var proxy = new CuttingProxy(direct.Port, "WITH replaced AS"u8.ToArray());
        // Statements that were prepared earlier would be sent by their names: without, each has its text.
        var through = new NpgsqlConnectionStringBuilder(direct.ConnectionString) { Port = proxy.Port, MaxAutoPrepare = 0 }.ConnectionString;
        var saves = await StartTogetherAsync(StoreAt(through, _plan), Users, () => proxy.Arm(cut, 300));
        foreach (var save in saves) Assert.That((await Assert.CatchAsync<NpgsqlException>(() => save))!.IsTransient, Is.True);
        Assert.That(proxy.Cuts, Is.EqualTo(1), "Nobody is tried again, because it may be written.");
        // The server may learn of the end of the connection, or finish, a moment later.
        await WaitForOthersToEndAsync();
        await AssertEpochsAsync(epoch);
    }

    [Test]
    [Category(Soak.Category)]
    public async Task Groups_of_two_pools_with_the_same_users_have_one_winner_each_and_no_fault()
    {
        var plans = new FaultPlan[] { new(), new() };
        // Names of their own, so that each has groups of its own, as another process has.
        var stores = plans.Select((plan, i) => StoreAt(new NpgsqlConnectionStringBuilder(_database.ConnectionString) { ApplicationName = $"node-{i}" }.ConnectionString, plan)).ToArray();
        for (var round = 1; round <= (Soak.IsOn ? 500 : 25); round++)
        {
            // In opposite orders, of one expected version.
            var next = await Task.WhenAll(Users.Select(async user => (user, stored: await _store.LoadAsync(user, CancellationToken.None))));
            Task<bool[]> Node(int node)
            {
                using var held = new HeldTurns(plans[node]);
                var order = node == 0 ? next : [.. next.Reverse()];
                var saves = order.Select(each =>
                {
                    var (account, events) = Next(each.stored.Account!);
                    return stores[node].TrySaveAsync(account, each.stored.Version, events, CancellationToken.None).AsTask();
                }).ToArray();
                return Task.WhenAll(saves);
            }

            var answers = await Task.WhenAll(Task.Run(() => Node(0)), Task.Run(() => Node(1)));
            Assert.That(answers[0].Zip(answers[1].Reverse()).Select(pair => pair.First ^ pair.Second), Is.All.True, "Of two saves of one version one is written.");
            await AssertEpochsAsync(round + 1);
        }
    }

    private static EntityFrameworkAccountStore StoreAt(string connectionString, FaultPlan plan)
    {
        return new EntityFrameworkAccountStore(Bind, TimeProvider.System);

        StoreBinding Bind()
        {
            using var context = new TwoFactorDbContext(new DbContextOptionsBuilder<TwoFactorDbContext>().UseNpgsql(connectionString).Options);
            var binding = StoreBinding.To(context);
            return binding with { Database = new FaultyDatabase(binding.Database, plan) };
        }
    }

    private async Task<bool[]> TogetherAsync(EntityFrameworkAccountStore store, UserId[] users) => await Task.WhenAll(await StartTogetherAsync(store, users));

    /// <summary>Lets saves wait for the turn, and then have it.</summary>
    private async Task<Task<bool>[]> StartTogetherAsync(EntityFrameworkAccountStore store, UserId[] users, Action? then = null)
    {
        var loaded = new List<Storage.StoredAccount>();
        foreach (var user in users) loaded.Add(await store.LoadAsync(user, CancellationToken.None));
        using var turns = new HeldTurns(_plan);
        var saves = loaded.Select(stored =>
        {
            var (next, events) = Next(stored.Account!);
            return store.TrySaveAsync(next, stored.Version, events, CancellationToken.None).AsTask();
        }).ToArray();
        Assert.That(saves.Any(save => save.IsCompleted), Is.False, "They wait.");
        then?.Invoke();
        return saves;
    }

    // With one event, as nearly always, or with two.
    private static (Account Account, ImmutableArray<AuditEvent> Events) Next(Account account) =>
        Rows.Next(account, account.Epoch + 1, events: 1 + account.UserId.Value[^1] % 2);

    private static async Task<bool> SaveNextAsync(EntityFrameworkAccountStore store, UserId user)
    {
        var (account, version) = await store.LoadAsync(user, CancellationToken.None);
        var (next, events) = Next(account ?? Account.NewFor(user));
        return await store.TrySaveAsync(next, version, events, CancellationToken.None);
    }

    private async Task AssertEpochsAsync(long epoch)
    {
        var store = _database.CreateStore();
        foreach (var user in Users)
        {
            var (account, _) = await store.LoadAsync(user, CancellationToken.None);
            Assert.That(account!.Epoch, Is.EqualTo(epoch), user.Value);
            Assert.That(AuditChain.FindBreak(await store.EventsOfAsync(user), account.AuditHead), Is.Null, "State and trail agree.");
        }
    }

    private static async Task HoldAsync(NpgsqlTransaction transaction, UserId[] users)
    {
        await using var command = new NpgsqlCommand("UPDATE two_factor_accounts SET updated_at = updated_at WHERE user_id = ANY($1)", transaction.Connection, transaction);
        command.Parameters.Add(new NpgsqlParameter { Value = users.Select(user => user.Value).ToArray() });
        await command.ExecuteNonQueryAsync();
    }

    // The server tells of waiters only when asked.
    private Task WaitForWaitersAsync(int count) =>
        WaitAsync("SELECT COUNT(*) >= $1 FROM pg_sleep(0.005), pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'", count);

    private Task WaitForOthersToEndAsync() =>
        WaitAsync("SELECT COUNT(*) <= $1 FROM pg_sleep(0.005), pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'active'", 0);

    private async Task WaitAsync(string sql, int count)
    {
        await using var connection = _database.Open();
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = (long)count });
        while (!(bool)(await command.ExecuteScalarAsync())!)
        {
        }
    }
}
