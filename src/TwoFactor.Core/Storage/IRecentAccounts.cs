using TwoFactor.Accounts;

namespace TwoFactor.Storage;

/// <summary>
/// Accounts as this process saved them a moment ago. Optional beside <see cref="IAccountStore"/> on the same object: it spares the second half
/// of a sign-in the reading of what the first half has written.
/// </summary>
/// <remarks>
/// What is recalled may have moved on, so it is good for one thing: to decide what is then saved with its version. That save is the proof
/// that it was still true; a decision that saves nothing, or loses its save, is made again on what <see cref="IAccountStore.LoadAsync"/> answers.
/// A version must therefore never stand for two contents, not even after the database was restored from a backup.
/// </remarks>
public interface IRecentAccounts
{
    /// <summary>An account whose save succeeded, with the version it got; version 0 and no account when none is remembered.</summary>
    ValueTask<StoredAccount> RecallAsync(UserId userId, CancellationToken cancellationToken);
}
