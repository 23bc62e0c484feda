using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;

namespace TwoFactor.AspNetCore.Tests.Support;

/// <summary>A store that can be told to fail.</summary>
internal sealed class HookedStore(IAccountStore inner) : IAccountStore
{
    /// <summary>Thrown by every load while it is set.</summary>
    public Exception? Fault { get; set; }

    public ValueTask<StoredAccount> LoadAsync(UserId userId, CancellationToken cancellationToken) =>
        Fault is { } fault ? ValueTask.FromException<StoredAccount>(fault) : inner.LoadAsync(userId, cancellationToken);

    public ValueTask<bool> TrySaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken) =>
        inner.TrySaveAsync(account, expectedVersion, events, cancellationToken);
}
