using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Storage;

/// <summary>
/// Accounts of many users by one question. Optional beside <see cref="IAccountStore"/> on the same object, for readings over all users; it
/// answers with what is durably stored, as <see cref="IAccountStore.LoadAsync"/> does.
/// </summary>
public interface IAccountBatchReader
{
    /// <summary>The stored accounts of the users, in any order; nothing for a user of whom nothing is stored.</summary>
    /// <param name="users">Whose: up to a few hundred, each once.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<ImmutableArray<Account>> LoadManyAsync(ImmutableArray<UserId> users, CancellationToken cancellationToken);
}
