using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;
using TwoFactor.StoreConformance.Storage;

namespace TwoFactor.EntityFrameworkCore.Tests;

internal sealed class SqliteHarness : StoreHarness
{
    private readonly TemporaryDatabase _database;
    private readonly EntityFrameworkAccountStore _store;

    private SqliteHarness(TemporaryDatabase database) => (_database, _store) = (database, database.CreateStore());

    public override IAccountStore Store => _store;

    public static async ValueTask<StoreHarness> CreateAsync(string keywords = "") => new SqliteHarness(await TemporaryDatabase.WithSchemaAsync(keywords));

    public override ValueTask<ImmutableArray<AuditEvent>> EventsOfAsync(UserId userId) => _store.EventsOfAsync(userId);

    public override IAccountStore Reopen() => _database.CreateStore();

    public override ValueTask<IAccountStore?> RestartAsync()
    {
        // Closes the files: what has not reached them is gone.
        SqliteConnection.ClearAllPools();
        return ValueTask.FromResult<IAccountStore?>(Reopen());
    }

    public override ValueTask DisposeAsync()
    {
        _database.Dispose();
        return base.DisposeAsync();
    }
}

[TestFixture]
public sealed class SqliteStoreContract : AccountStoreContract
{
    protected override ValueTask<StoreHarness> CreateAsync() => SqliteHarness.CreateAsync();
}

[TestFixture]
public sealed class SqliteStoreRaces : AccountStoreRaces
{
    protected override ValueTask<StoreHarness> CreateAsync() => SqliteHarness.CreateAsync();
}

[TestFixture]
public sealed class SqliteStoreInstances : AccountStoreInstances
{
    protected override ValueTask<StoreHarness> CreateAsync() => SqliteHarness.CreateAsync();
}

[TestFixture]
public sealed class SqliteServiceRaces : AccountServiceRaces
{
    protected override ValueTask<StoreHarness> CreateAsync() => SqliteHarness.CreateAsync();
}
