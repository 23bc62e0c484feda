using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace TwoFactor.Storage;

/// <summary>
/// Where accounts are kept: load, and compare-and-swap. Everything this library promises about replays, lost updates and limits rests on
/// <see cref="TrySaveAsync"/> being atomic. <c>docs/store-authors.md</c> states the contract; a test suite proves a store.
/// </summary>
public interface IAccountStore
{
    /// <summary>The account with its version; version 0 and no account for a user of whom nothing is stored.</summary>
    /// <remarks>It answers with what is durably stored, never from a cache or from another unit of work that may be stale.</remarks>
    ValueTask<StoredAccount> LoadAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>
    /// In one atomic, durable write: replaces the account if its stored version is still <paramref name="expectedVersion"/> (0: if there is
    /// none), raises the version to one never used before for this user, and adds <paramref name="events"/>.
    /// </summary>
    /// <returns>
    /// False if the version was another one, in which case nothing was written. Every other fault throws; after a fault the caller does not
    /// know whether it was written and treats it as not accepted.
    /// </returns>
    /// <remarks>It joins no transaction of the host: a failure counted here stays counted when the host rolls back.</remarks>
    ValueTask<bool> TrySaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken);
}
