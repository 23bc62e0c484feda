using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Enrollment;
using TwoFactor.KeyRotation;
using TwoFactor.Storage;
using TwoFactor.StoreConformance;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>A rotation over many rows, while others write them: thousands in the ordinary run, 10^5 in the long one.</summary>
[TestFixture(Engine.Sqlite)]
[TestFixture(Engine.PostgreSql)]
[Feature("E7")]
public sealed class KeyRotationTests(Engine engine)
{
    private static readonly int s_rows = Soak.IsOn ? 100_000 : 3_000;
    private readonly ManualTimeProvider _clock = new();
    private TestDatabase _database = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        _database = await TestDatabase.WithSchemaAsync(engine);
        await FillAsync();
    }

    [TearDown]
    public async Task RemoveAsync() => await _database.DisposeAsync();

    [Test]
    [Attack(37)]
    public async Task Online_stopped_in_the_middle_and_taken_up_elsewhere_it_loses_nothing_and_moves_every_seed()
    {
        using var done = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(() => UseAsync(writer, done.Token))).ToArray();
        string? kept = null;
        using (var killed = new CancellationTokenSource())
        await using (var first = Rotating("k2", new DyingStore(_database.CreateStore(), 1_300, killed), "k1", "k2"))
        {
            var progress = await first.GetRequiredService<SecretRotator>().StepAsync(null, 1_000, killed.Token);
            kept = progress.ToString();
            // In the middle of the next step: what it wrote stays, what it knew is lost.
            Assert.That(async () => await first.GetRequiredService<SecretRotator>().StepAsync(progress, 1_000, killed.Token), Throws.InstanceOf<OperationCanceledException>());
        }

        await using var second = Rotating("k2", null, "k1", "k2");
        var finished = await CompleteAsync(second, RotationProgress.TryParse(kept));
        await done.CancelAsync();
        var used = (await Task.WhenAll(writers)).Sum();
        Assert.That((finished.Examined, finished.OldKeysCanGo), Is.EqualTo(((long)s_rows, true)), string.Join(", ", finished.Findings.Take(3)));

        // The old key is gone, and the move to a third opens every seed.
        await using var third = Rotating("k3", null, "k2", "k3");
        var moved = await CompleteAsync(third, null);
        Assert.That((moved.Rotated, moved.OldKeysCanGo), Is.EqualTo(((long)s_rows, true)));
        Assert.That(used, Is.GreaterThan(0), "others wrote meanwhile");
        Assert.That(await StepsAsync(), Is.EqualTo(used), "and each of their writes is there");
    }

    [Test]
    public async Task Ids_and_accounts_are_read_in_pages_as_they_are_stored()
    {
        var store = _database.CreateStore();
        var (ids, after) = (new List<UserId>(), (UserId?)null);
        while (await store.ReadIdsAsync(after, 700, default) is { IsEmpty: false } page)
        {
            ids.AddRange(page);
            after = page[^1];
        }

        Assert.That(ids, Has.Count.EqualTo(s_rows).And.Unique);
        Assert.That(ids.Select(id => id.Value), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
        ImmutableArray<UserId> some = [.. ids.Take(600), new UserId("nobody")];
        var many = await store.LoadManyAsync(some, default);
        Assert.That(many.Select(account => account.UserId), Is.EquivalentTo(some.SkipLast(1)));
        Assert.That(many.Single(account => account.UserId == ids[300]).Active!.Id, Is.EqualTo((await store.LoadAsync(ids[300], default)).Account!.Active!.Id));
        Assert.That(await store.LoadManyAsync([], default), Is.Empty);
        _database.Execute($"UPDATE two_factor_accounts SET data = (SELECT data FROM two_factor_accounts WHERE user_id = '{ids[1]}') WHERE user_id = '{ids[0]}'");
        Assert.That(async () => await store.LoadManyAsync([ids[0]], default), Throws.InstanceOf<InvalidDataException>());
    }

    [Test]
    [Attack(23)]
    public async Task A_damaged_row_is_reported_and_stops_nobody_elses()
    {
        _database.Execute($"UPDATE two_factor_accounts SET data = {(engine == Engine.Sqlite ? "x'7B7D'" : @"'\x7B7D'")} WHERE user_id = 'user-000007'");
        await using var rotating = Rotating("k2", null, "k1", "k2");
        var progress = await CompleteAsync(rotating, null);
        Assert.That((progress.Rotated, progress.Left), Is.EqualTo((s_rows - 1L, 1L)));
        Assert.That(progress.Findings, Is.EqualTo(new[] { new RotationFinding(new UserId("user-000007"), RotationProblem.Damaged) }));
    }

    private static async Task<RotationProgress> CompleteAsync(ServiceProvider services, RotationProgress? progress)
    {
        do progress = await services.GetRequiredService<SecretRotator>().StepAsync(progress, 2_000);
        while (!progress.IsComplete);
        return progress;
    }

    private ServiceProvider Rotating(string current, DyingStore? instead, params string[] keys)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_clock);
        var builder = services.AddTwoFactor(options => options.Issuer = "Example").UseSecretKeys(current, Keys(keys))
            .AddEntityFrameworkStore(_database.Use);
        if (instead is not null)
        {
            builder.UseStore(_ => instead);
            services.AddSingleton<IAccountFeed>(provider => provider.GetRequiredService<EntityFrameworkAccountStore>());
        }

        return services.BuildServiceProvider();
    }

    private static IEnumerable<KeyValuePair<string, string?>> Keys(string[] ids) =>
        ids.Select(id => new KeyValuePair<string, string?>(id, Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(id)))));

    /// <summary>Accepts codes, as sign-ins do: by compare-and-swap, again after a conflict. Returns how many writes were acknowledged.</summary>
    private async Task<long> UseAsync(int writer, CancellationToken done)
    {
        var (store, written) = (_database.CreateStore(), 0L);
        for (var i = writer; !done.IsCancellationRequested; i = (i + 37) % s_rows)
        {
            var (account, version) = await store.LoadAsync(User(i), default);
            var next = account! with { Active = account.Active! with { LastAcceptedStep = account.Active.LastAcceptedStep + 1 } };
            if (await store.TrySaveAsync(next, version, [], default)) written++;
        }

        return written;
    }

    private async Task<long> StepsAsync()
    {
        var store = _database.CreateStore();
        var sum = 0L;
        foreach (var some in Enumerable.Range(0, s_rows).Select(User).Chunk(256)) sum += (await store.LoadManyAsync([.. some], default)).Sum(account => account.Active!.LastAcceptedStep);
        return sum;
    }

    private static UserId User(int i) => new($"user-{i:D6}");

    /// <summary>Seeds as the library seals them, written at once instead of enrolment by enrolment.</summary>
    private async Task FillAsync()
    {
        var (memory, services) = (new InMemoryAccountStore(), new ServiceCollection());
        services.AddSingleton<TimeProvider>(_clock);
        services.AddTwoFactor(options => options.Issuer = "Example").UseSecretKeys("k1", Keys(["k1"])).UseStore(_ => memory);
        await using var provider = services.BuildServiceProvider();
        var enrollment = provider.GetRequiredService<EnrollmentService>();
        await using var connection = _database.Connect();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO two_factor_accounts (user_id, version, updated_at, enrolled, locked_until, pending_until, previous_sign_in, data)"
            + " VALUES (@user, 1, 0, TRUE, 0, 0, -1, @data)";
        var (user, data) = (insert.CreateParameter(), insert.CreateParameter());
        (user.ParameterName, data.ParameterName) = ("@user", "@data");
        insert.Parameters.AddRange(new[] { user, data });
        for (var i = 0; i < s_rows; i++)
        {
            await enrollment.BeginAsync(User(i), "somebody@example.com");
            var pending = (await memory.LoadAsync(User(i), default)).Account!.Pending!;
            var account = Account.NewFor(User(i)) with
            {
                Active = new ActiveEnrollment
                {
                    Id = pending.Id,
                    ProtectedSecret = pending.ProtectedSecret,
                    Parameters = pending.Parameters,
                    Issuer = pending.Issuer,
                    AccountName = pending.AccountName,
                    ConfirmedAt = pending.StartedAt,
                    LastAcceptedStep = 0,
                },
            };
            (user.Value, data.Value) = (account.UserId.Value, AccountSerializer.Serialize(account));
            await insert.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    /// <summary>A store whose process is stopped after some writes.</summary>
    private sealed class DyingStore(IAccountStore inner, int writes, CancellationTokenSource killed) : IAccountStore
    {
        private int _left = writes;

        public ValueTask<StoredAccount> LoadAsync(UserId userId, CancellationToken cancellationToken) => inner.LoadAsync(userId, cancellationToken);

        public ValueTask<bool> TrySaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken)
        {
            if (_left-- == 0) killed.Cancel();
            return inner.TrySaveAsync(account, expectedVersion, events, cancellationToken);
        }
    }
}
