using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;
using TwoFactor.StoreConformance.Storage;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>The store on a database of its own.</summary>
internal sealed class DatabaseHarness : StoreHarness
{
    private readonly TestDatabase _database;
    private readonly EntityFrameworkAccountStore _store;

    private DatabaseHarness(TestDatabase database) => (_database, _store) = (database, database.CreateStore());

    public override IAccountStore Store => _store;

    public static async ValueTask<StoreHarness> CreateAsync(Engine engine, string keywords = "") =>
        new DatabaseHarness(await TestDatabase.WithSchemaAsync(engine, keywords));

    public override ValueTask<ImmutableArray<AuditEvent>> EventsOfAsync(UserId userId) => _store.EventsOfAsync(userId);

    public override IAccountStore Reopen() => _database.CreateStore();

    public override async ValueTask<IAccountStore?> RestartAsync()
    {
        await _database.RestartAsync();
        return Reopen();
    }

    public override async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await base.DisposeAsync();
    }
}
