using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>The in-memory store, and how little a harness needs.</summary>
public sealed class InMemoryStoreHarness : StoreHarness
{
    private readonly InMemoryAccountStore _store = new();

    /// <inheritdoc/>
    public override IAccountStore Store => _store;

    /// <inheritdoc/>
    public override ValueTask<ImmutableArray<AuditEvent>> EventsOfAsync(UserId userId) => ValueTask.FromResult(_store.EventsOf(userId));
}
