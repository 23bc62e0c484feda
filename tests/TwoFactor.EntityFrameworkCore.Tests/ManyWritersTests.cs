using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.StoreConformance;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>Thirty-two writers at once, half of them in another store over the same database: each save is answered, none fails.</summary>
[TestFixture]
[Feature("X1")]
[Category(Soak.Category)]
public sealed class ManyWritersTests
{
    private const int Writers = 32;
    private static readonly int s_each = Soak.IsOn ? 1_000 : 25;

    [Test]
    public async Task Of_32_writers_none_fails_and_every_save_is_there([Values] Engine engine)
    {
        await using var database = await TestDatabase.WithSchemaAsync(engine, engine == Engine.Sqlite ? "Default Timeout=2" : "Maximum Pool Size=32");
        EntityFrameworkAccountStore[] stores = [database.CreateStore(), database.CreateStore()];
        var saved = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var (store, user, count) = (stores[writer % 2], new UserId($"user-{writer}"), 0);
            for (var i = 1; i <= s_each; i++)
            {
                var (account, version) = await store.LoadAsync(user, CancellationToken.None);
                var (next, events) = Rows.Next(account ?? Account.NewFor(user), i);
                if (await store.TrySaveAsync(next, version, events, CancellationToken.None)) count++;
            }

            return count;
        })));

        // Not one exception, and nobody but its own writer writes an account, so not one conflict.
        Assert.That(saved, Is.All.EqualTo(s_each));
        for (var writer = 0; writer < Writers; writer++)
        {
            var (account, _) = await stores[0].LoadAsync(new UserId($"user-{writer}"), CancellationToken.None);
            Assert.That(account!.Epoch, Is.EqualTo(s_each));
            Assert.That(AuditChain.FindBreak(await stores[1].EventsOfAsync(new UserId($"user-{writer}")), account.AuditHead), Is.Null);
        }
    }
}
