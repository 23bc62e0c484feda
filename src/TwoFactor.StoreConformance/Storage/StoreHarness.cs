using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>A fresh, empty store and what the suite must be able to do with it besides loading and saving. Each check gets one of its own.</summary>
public abstract class StoreHarness : IAsyncDisposable
{
    /// <summary>The store under test. It is called by many threads at once.</summary>
    public abstract IAccountStore Store { get; }

    /// <summary>The audit events that are stored of a user, oldest first; none for an unknown user.</summary>
    public abstract ValueTask<ImmutableArray<AuditEvent>> EventsOfAsync(UserId userId);

    /// <summary>
    /// Another store over the same data while the first goes on, as another node opens it; it shares no object with the first. Null, the
    /// default, when the data is gone with the process: then do not derive <see cref="AccountStoreInstances"/>.
    /// </summary>
    public virtual IAccountStore? Reopen() => null;

    /// <summary>
    /// Closes all that is open and opens the data anew, as a restart does, and answers with the store that is then to be used. The default
    /// opens another one by <see cref="Reopen"/>.
    /// </summary>
    public virtual ValueTask<IAccountStore?> RestartAsync() => ValueTask.FromResult(Reopen());

    /// <summary>
    /// Told before <paramref name="count"/> saves are sent at once. A store that can be stopped between its steps lets them meet there, see
    /// <see cref="Rendezvous"/>: that makes a race certain which is otherwise rare. Most harnesses do nothing.
    /// </summary>
    public virtual void ExpectSavesAtOnce(int count)
    {
    }

    /// <summary>Deletes the data.</summary>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
