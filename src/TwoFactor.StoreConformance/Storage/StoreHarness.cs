using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>A fresh, empty store and what the suite must be able to do with it besides loading and saving.</summary>
public abstract class StoreHarness : IAsyncDisposable
{
    /// <summary>The store under test.</summary>
    public abstract IAccountStore Store { get; }

    /// <summary>The audit events that are stored of a user, oldest first.</summary>
    public abstract ValueTask<ImmutableArray<AuditEvent>> EventsOfAsync(UserId userId);

    /// <summary>Another store over the same data, as after a restart; null when the data is gone with the process.</summary>
    public virtual IAccountStore? Reopen() => null;

    /// <summary>
    /// Told before <paramref name="count"/> saves are sent at once. A store that can be stopped between its steps lets them meet there;
    /// the broken stores of the negative control do.
    /// </summary>
    public virtual void ExpectSavesAtOnce(int count)
    {
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
