namespace TwoFactor.Accounts;

/// <summary>Why an account or organisation cannot be used where it is asked for. Nothing was evaluated, counted or written.</summary>
public enum RegionRefusal
{
    /// <summary>The resolver names no region, or one that is not configured. An operator must act.</summary>
    UnknownRegion = 1,

    /// <summary>The data is in another region than the resolver says. An operator must correct the directory, or move the account.</summary>
    OtherRegion = 2,

    /// <summary>The account is being moved. Try again in a moment; if it stays, an administrator must continue or cancel the move.</summary>
    Moving = 3,

    /// <summary>The account has moved, and the resolver (or a cache of it) still names its former region. Try again in a moment.</summary>
    Moved = 4,
}
