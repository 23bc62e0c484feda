using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;
using TwoFactor.StoreConformance.Storage;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>A database in memory whose connections share a cache, and so block each other table by table.</summary>
internal sealed class SharedMemoryHarness : StoreHarness
{
    private readonly EntityFrameworkAccountStore _store;

    private SharedMemoryHarness(Func<TwoFactorDbContext> createContext) => _store = new EntityFrameworkAccountStore(createContext, TimeProvider.System);

    public override IAccountStore Store => _store;

    public static async ValueTask<StoreHarness> CreateAsync()
    {
        var options = new DbContextOptionsBuilder<TwoFactorDbContext>()
            .UseSqlite($"Data Source={Convert.ToHexString(RandomNumberGenerator.GetBytes(8))};Mode=Memory;Cache=Shared").Options;
        await using var context = new TwoFactorDbContext(options);
        await context.Database.EnsureTwoFactorSchemaAsync();
        return new SharedMemoryHarness(() => new TwoFactorDbContext(options));
    }

    public override ValueTask<ImmutableArray<AuditEvent>> EventsOfAsync(UserId userId) => _store.EventsOfAsync(userId);
}

[TestFixture]
public sealed class SharedMemoryStoreContract : AccountStoreContract
{
    protected override ValueTask<StoreHarness> CreateAsync() => SharedMemoryHarness.CreateAsync();
}

[TestFixture]
public sealed class SharedMemoryStoreRaces : AccountStoreRaces
{
    protected override ValueTask<StoreHarness> CreateAsync() => SharedMemoryHarness.CreateAsync();
}
