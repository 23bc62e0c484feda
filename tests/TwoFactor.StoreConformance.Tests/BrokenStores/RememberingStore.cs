using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;

namespace TwoFactor.StoreConformance.Tests.BrokenStores;

/// <summary>Remembers what it saved, rightly; a deriving class gets one thing wrong.</summary>
internal class RememberingStore : BrokenStore, IRecentAccounts
{
    private readonly Dictionary<UserId, StoredAccount> _saved = [];
    private readonly SeededRandom _random = new(7);

    public override IAccountStore Reopen() => new Another(this);

    public virtual ValueTask<StoredAccount> RecallAsync(UserId userId, CancellationToken cancellationToken) => ValueTask.FromResult(Locked(() => _saved.GetValueOrDefault(userId)));

    protected override Task<bool> SaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events) => Task.FromResult(Locked(() =>
    {
        var version = expectedVersion + Step();
        BeforeSave(account, version);
        if (!SaveHere(account, expectedVersion, version, events)) return false;
        Remember(account, version);
        return true;
    }));

    protected void Remember(Account account, long version) => _saved[account.UserId] = new StoredAccount(account, version);

    protected virtual void BeforeSave(Account account, long version)
    {
    }

    protected virtual long Step() => 1 + _random.Below(1_000_000);

    private bool SaveHere(Account account, long expectedVersion, long version, ImmutableArray<AuditEvent> events)
    {
        if (!IsCurrent(account, expectedVersion)) return false;
        ThrowIfThere(Find(account.UserId), events);
        Write(account, version).Events.AddRange(events);
        return true;
    }

    // Another node: what it saves, this one does not remember.
    private sealed class Another(RememberingStore store) : IAccountStore
    {
        public ValueTask<StoredAccount> LoadAsync(UserId userId, CancellationToken cancellationToken) => store.LoadAsync(userId, cancellationToken);

        public ValueTask<bool> TrySaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken) =>
            ValueTask.FromResult(store.Locked(() => store.SaveHere(account, expectedVersion, expectedVersion + store.Step(), events)));
    }
}

/// <summary>Remembers before it knows that it has saved.</summary>
internal sealed class EagerMemoryStore : RememberingStore
{
    protected override void BeforeSave(Account account, long version) => Remember(account, version);
}

/// <summary>Puts the version that is stored now on what it remembers, so that the old account replaces the new one.</summary>
internal sealed class FreshVersionStore : RememberingStore
{
    public override async ValueTask<StoredAccount> RecallAsync(UserId userId, CancellationToken cancellationToken)
    {
        var recalled = await base.RecallAsync(userId, cancellationToken);
        return recalled.Account is null ? default : recalled with { Version = (await LoadAsync(userId, cancellationToken)).Version };
    }
}

/// <summary>Counts versions, so that a database that was restored counts to the same number again.</summary>
internal sealed class CountingVersionStore : RememberingStore
{
    protected override long Step() => 1;
}
