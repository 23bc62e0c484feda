using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;

namespace TwoFactor.Tests.Support;

/// <summary>A store that tests can pause, break and look into. Hooks run outside any lock of the store behind it.</summary>
internal sealed class HookedStore(InMemoryAccountStore inner) : IAccountStore
{
    /// <summary>Runs before a load.</summary>
    public Func<Task>? BeforeLoad { get; set; }

    /// <summary>Runs between the decision and the write.</summary>
    public Func<Task>? BeforeSave { get; set; }

    /// <summary>Runs after the write: to throw here is to lose the answer of a write that has happened.</summary>
    public Func<Task>? AfterSave { get; set; }

    /// <summary>Replaces what is read, as somebody with a database console would.</summary>
    public Func<UserId, StoredAccount, StoredAccount>? Tamper { get; set; }

    /// <summary>How many writes were asked for.</summary>
    public int Saves { get; private set; }

    public async ValueTask<StoredAccount> LoadAsync(UserId userId, CancellationToken cancellationToken)
    {
        if (BeforeLoad is { } hook) await hook();
        var stored = await inner.LoadAsync(userId, cancellationToken);
        return Tamper is { } tamper ? tamper(userId, stored) : stored;
    }

    public async ValueTask<bool> TrySaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken)
    {
        Saves++;
        if (BeforeSave is { } before) await before();
        var saved = await inner.TrySaveAsync(account, expectedVersion, events, cancellationToken);
        if (AfterSave is { } after) await after();
        return saved;
    }
}
