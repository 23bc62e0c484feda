using System.Collections.Immutable;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;
using TwoFactor.Testing.Storage;

namespace TwoFactor.Tests.Storage;

internal sealed class InMemoryHarness : StoreHarness
{
    private readonly InMemoryAccountStore _store = new();

    public override IAccountStore Store => _store;

    public override ValueTask<ImmutableArray<AuditEvent>> EventsOfAsync(UserId userId) => ValueTask.FromResult(_store.EventsOf(userId));
}

[TestFixture]
public sealed class InMemoryStoreContract : AccountStoreContract
{
    protected override ValueTask<StoreHarness> CreateAsync() => ValueTask.FromResult<StoreHarness>(new InMemoryHarness());
}

[TestFixture]
public sealed class InMemoryStoreRaces : AccountStoreRaces
{
    protected override ValueTask<StoreHarness> CreateAsync() => ValueTask.FromResult<StoreHarness>(new InMemoryHarness());
}

[TestFixture]
public sealed class InMemoryServiceRaces : AccountServiceRaces
{
    protected override ValueTask<StoreHarness> CreateAsync() => ValueTask.FromResult<StoreHarness>(new InMemoryHarness());
}
