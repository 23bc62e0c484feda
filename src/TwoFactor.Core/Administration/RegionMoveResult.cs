using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Administration;

/// <summary>The answer to the wish to move an account to another region, or to cancel that. A closed hierarchy.</summary>
public abstract record RegionMoveResult
{
    private RegionMoveResult()
    {
    }

    /// <summary>The account is in its new region, and only there.</summary>
    /// <param name="From">Where it was.</param>
    /// <param name="To">Where it is.</param>
    public sealed record Moved(RegionId From, RegionId To) : RegionMoveResult;

    /// <summary>
    /// Everything is in the new region, and the resolver still names another: change the host's directory, then call again. Until then nobody
    /// signs in with the account.
    /// </summary>
    /// <param name="To">The region to enter in the directory.</param>
    public sealed record AwaitingDirectory(RegionId To) : RegionMoveResult;

    /// <summary>The move was cancelled: the account is used again where it was, and what was copied is removed.</summary>
    /// <param name="Region">Where it is.</param>
    public sealed record Cancelled(RegionId Region) : RegionMoveResult;

    /// <summary>The account is in that region already, and no move is under way.</summary>
    /// <param name="Region">Where it is.</param>
    public sealed record AlreadyThere(RegionId Region) : RegionMoveResult;

    /// <summary>No move is under way that could be cancelled.</summary>
    public sealed record NotMoving : RegionMoveResult;

    /// <summary>The source is empty already: the move can only be completed.</summary>
    /// <param name="To">Where the account goes.</param>
    public sealed record TooLate(RegionId To) : RegionMoveResult;

    /// <summary>A move to another region is under way: continue or cancel that one first.</summary>
    /// <param name="To">Where the account goes.</param>
    public sealed record OtherMove(RegionId To) : RegionMoveResult;

    /// <summary>Nothing is stored of the user in any region; to change the host's directory is all there is to do.</summary>
    public sealed record NothingStored : RegionMoveResult;

    /// <summary>No such region is configured. Nothing was done.</summary>
    /// <param name="Region">Its name.</param>
    public sealed record UnknownRegion(RegionId Region) : RegionMoveResult;

    /// <summary>
    /// The store of a region cannot take part: it needs <see cref="Storage.IAccountRemoval"/> and an <see cref="Auditing.IAuditReader"/>.
    /// Nothing was done.
    /// </summary>
    /// <param name="Region">Its region.</param>
    public sealed record Unsupported(RegionId Region) : RegionMoveResult;

    /// <summary>
    /// The audit chain is not whole in a region, so it is not moved on: in the source before the move began, nothing was done; else cancel the move.
    /// </summary>
    /// <param name="Region">Where.</param>
    /// <param name="BrokenAt">The number of the first event that is missing, changed or out of order.</param>
    public sealed record ChainBroken(RegionId Region, long BrokenAt) : RegionMoveResult;

    /// <summary>Two regions hold an account of this user, which no move makes: somebody restored or copied rows. An operator must decide.</summary>
    /// <param name="Regions">Which regions.</param>
    public sealed record SeveralAccounts(ImmutableArray<RegionId> Regions) : RegionMoveResult;

    /// <summary>The actor may not; the denial was recorded.</summary>
    /// <param name="Reason">Why not.</param>
    public sealed record Denied(DenialReason Reason) : RegionMoveResult;

    /// <summary>A value is missing or out of range; nothing was done.</summary>
    /// <param name="Field">The parameter's name.</param>
    /// <param name="Message">What is allowed.</param>
    public sealed record Invalid(string Field, string Message) : RegionMoveResult;

    /// <summary>The region of the actor, or of the user whose memberships the organisation asks for, refuses.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Refused(RegionRefusal Reason) : RegionMoveResult;

    /// <summary>Other requests for this account won every write; call again.</summary>
    public sealed record Contended : RegionMoveResult;
}
