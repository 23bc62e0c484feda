using NUnit.Framework;
using TwoFactor.StoreConformance.Storage;

namespace TwoFactor.EntityFrameworkCore.Tests;

[TestFixture]
public sealed class PostgreSqlStoreContract : AccountStoreContract
{
    protected override ValueTask<StoreHarness> CreateAsync() => DatabaseHarness.CreateAsync(Engine.PostgreSql);
}

[TestFixture]
public sealed class PostgreSqlStoreRaces : AccountStoreRaces
{
    protected override ValueTask<StoreHarness> CreateAsync() => DatabaseHarness.CreateAsync(Engine.PostgreSql);
}

[TestFixture]
public sealed class PostgreSqlStoreInstances : AccountStoreInstances
{
    protected override ValueTask<StoreHarness> CreateAsync() => DatabaseHarness.CreateAsync(Engine.PostgreSql);
}

[TestFixture]
public sealed class PostgreSqlServiceRaces : AccountServiceRaces
{
    protected override ValueTask<StoreHarness> CreateAsync() => DatabaseHarness.CreateAsync(Engine.PostgreSql);
}

[TestFixture]
public sealed class PostgreSqlAccountRemovalContract : AccountRemovalContract
{
    protected override ValueTask<StoreHarness> CreateAsync() => DatabaseHarness.CreateAsync(Engine.PostgreSql);
}

[TestFixture]
public sealed class PostgreSqlRecentAccountsContract : RecentAccountsContract
{
    protected override ValueTask<StoreHarness> CreateAsync() => DatabaseHarness.CreateAsync(Engine.PostgreSql);
}
