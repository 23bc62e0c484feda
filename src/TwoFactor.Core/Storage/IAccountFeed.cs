using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Storage;

/// <summary>
/// The users of whom something is stored, a page at a time, for work over all of them. Optional beside <see cref="IAccountStore"/>: batches
/// need it, sign-in does not.
/// </summary>
public interface IAccountFeed
{
    /// <summary>
    /// Ids after <paramref name="after"/>, ordered by code point, at most <paramref name="count"/>; none at the end only. Whoever is stored all
    /// the time is told once, whatever comes and goes meanwhile.
    /// </summary>
    /// <param name="after">The last id seen; null at the beginning.</param>
    /// <param name="count">1 or more.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<ImmutableArray<UserId>> ReadIdsAsync(UserId? after, int count, CancellationToken cancellationToken);
}
