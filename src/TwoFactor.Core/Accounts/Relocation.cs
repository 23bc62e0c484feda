namespace TwoFactor.Accounts;

/// <summary>What a row tells of an account that moves, or has moved, between regions. While it is set, nothing is accepted with this row.</summary>
/// <param name="State">How far the move is, seen from this row.</param>
/// <param name="Move">The move; source and target carry the same, and nothing that another move began is mistaken for its own.</param>
/// <param name="Other">The other region: where the account goes (or went), or where it comes from.</param>
public sealed record Relocation(RelocationState State, Guid Move, RegionId Other);

/// <summary>How far a move is, seen from one row.</summary>
public enum RelocationState
{
    /// <summary>In the source: the account stands still and is copied. It can still be taken back.</summary>
    Leaving = 1,

    /// <summary>In the source: the move was cancelled and what was copied is removed; then the account is used again.</summary>
    Returning = 2,

    /// <summary>A marker without any of the account's data: it is in the other region. Kept, so that a stale directory finds no empty account.</summary>
    Left = 3,

    /// <summary>In the target: the audit chain is being copied, and the account is not here yet.</summary>
    Arriving = 4,

    /// <summary>In the target: everything is here and waits for the source to be emptied.</summary>
    Arrived = 5,
}
