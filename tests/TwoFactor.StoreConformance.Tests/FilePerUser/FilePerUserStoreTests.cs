using System.Collections.Immutable;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;
using TwoFactor.StoreConformance.Storage;

namespace Example.Files;

internal sealed class FilePerUserHarness : StoreHarness
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("file-per-user-");
    private readonly FilePerUserStore _store;

    private FilePerUserHarness() => _store = new FilePerUserStore(_folder.FullName);

    public override IAccountStore Store => _store;

    public static ValueTask<StoreHarness> CreateAsync() => ValueTask.FromResult<StoreHarness>(new FilePerUserHarness());

    public override ValueTask<ImmutableArray<AuditEvent>> EventsOfAsync(UserId userId) => _store.EventsOfAsync(userId);

    public override IAccountStore Reopen() => new FilePerUserStore(_folder.FullName);

    public override ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return base.DisposeAsync();
    }
}

[TestFixture]
public sealed class FilePerUserStoreContract : AccountStoreContract
{
    protected override ValueTask<StoreHarness> CreateAsync() => FilePerUserHarness.CreateAsync();
}

[TestFixture]
public sealed class FilePerUserStoreRaces : AccountStoreRaces
{
    protected override ValueTask<StoreHarness> CreateAsync() => FilePerUserHarness.CreateAsync();
}

[TestFixture]
public sealed class FilePerUserStoreInstances : AccountStoreInstances
{
    protected override ValueTask<StoreHarness> CreateAsync() => FilePerUserHarness.CreateAsync();
}

[TestFixture]
public sealed class FilePerUserServiceRaces : AccountServiceRaces
{
    protected override ValueTask<StoreHarness> CreateAsync() => FilePerUserHarness.CreateAsync();
}
