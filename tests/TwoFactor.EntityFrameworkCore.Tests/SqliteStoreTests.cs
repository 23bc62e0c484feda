using NUnit.Framework;
using TwoFactor.StoreConformance.Storage;

namespace TwoFactor.EntityFrameworkCore.Tests;

[TestFixture]
public sealed class SqliteStoreContract : AccountStoreContract
{
    protected override ValueTask<StoreHarness> CreateAsync() => DatabaseHarness.CreateAsync(Engine.Sqlite);
}

[TestFixture]
public sealed class SqliteStoreRaces : AccountStoreRaces
{
    protected override ValueTask<StoreHarness> CreateAsync() => DatabaseHarness.CreateAsync(Engine.Sqlite);
}

[TestFixture]
public sealed class SqliteStoreInstances : AccountStoreInstances
{
    protected override ValueTask<StoreHarness> CreateAsync() => DatabaseHarness.CreateAsync(Engine.Sqlite);
}

[TestFixture]
public sealed class SqliteServiceRaces : AccountServiceRaces
{
    protected override ValueTask<StoreHarness> CreateAsync() => DatabaseHarness.CreateAsync(Engine.Sqlite);
}

[TestFixture]
public sealed class SqliteAccountRemovalContract : AccountRemovalContract
{
    protected override ValueTask<StoreHarness> CreateAsync() => DatabaseHarness.CreateAsync(Engine.Sqlite);
}

[TestFixture]
public sealed class SqliteRecentAccountsContract : RecentAccountsContract
{
    protected override ValueTask<StoreHarness> CreateAsync() => DatabaseHarness.CreateAsync(Engine.Sqlite);
}
