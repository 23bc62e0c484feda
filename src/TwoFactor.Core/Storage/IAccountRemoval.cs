using TwoFactor.Accounts;

namespace TwoFactor.Storage;

/// <summary>
/// Takes an account out of a store. Optional beside <see cref="IAccountStore"/> on the same object; a store needs it for its accounts to move
/// between regions.
/// </summary>
public interface IAccountRemoval
{
    /// <summary>
    /// In one atomic, durable write: replaces the account by <paramref name="marker"/>, which holds nothing of it but the user's id, if its
    /// stored version is still <paramref name="expectedVersion"/>, raises the version to one never used before for this user, and removes
    /// every audit event of the account's chain.
    /// </summary>
    /// <param name="marker">What stays in the row.</param>
    /// <param name="expectedVersion">1 or more.</param>
    /// <param name="cancellationToken">Cancels until the commit is sent.</param>
    /// <returns>False if the version was another one, in which case nothing was written. Every other fault throws.</returns>
    ValueTask<bool> TryRemoveAsync(Account marker, long expectedVersion, CancellationToken cancellationToken);
}
