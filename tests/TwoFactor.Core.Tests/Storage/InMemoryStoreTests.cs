using NUnit.Framework;
using TwoFactor.StoreConformance.Storage;

namespace TwoFactor.Tests.Storage;

[TestFixture]
public sealed class InMemoryStoreContract : AccountStoreContract
{
    protected override ValueTask<StoreHarness> CreateAsync() => ValueTask.FromResult<StoreHarness>(new InMemoryStoreHarness());
}

[TestFixture]
public sealed class InMemoryStoreRaces : AccountStoreRaces
{
    protected override ValueTask<StoreHarness> CreateAsync() => ValueTask.FromResult<StoreHarness>(new InMemoryStoreHarness());
}

[TestFixture]
public sealed class InMemoryServiceRaces : AccountServiceRaces
{
    protected override ValueTask<StoreHarness> CreateAsync() => ValueTask.FromResult<StoreHarness>(new InMemoryStoreHarness());
}

[TestFixture]
public sealed class InMemoryAccountRemovalContract : AccountRemovalContract
{
    protected override ValueTask<StoreHarness> CreateAsync() => ValueTask.FromResult<StoreHarness>(new InMemoryStoreHarness());
}
