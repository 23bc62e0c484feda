using TwoFactor.Accounts;

namespace TwoFactor.Verification;

/// <summary>Why a code was not accepted. The same for every call that takes a code. A closed hierarchy.</summary>
public abstract record CodeRefusal
{
    private CodeRefusal()
    {
    }

    /// <summary>The text cannot be a code: not the right number of ASCII digits, or a backup code with a typing error. Not charged.</summary>
    public sealed record Malformed : CodeRefusal;

    /// <summary>A well-formed code that is not right. Charged.</summary>
    /// <param name="AttemptsLeft">How many more wrong codes are borne before this attempt ends or the account is locked; at least 1.</param>
    /// <param name="ClockHint">Set when the code would have been right at a nearby time.</param>
    public sealed record Wrong(int AttemptsLeft, ClockHint? ClockHint) : CodeRefusal;

    /// <summary>The code was right once and is spent. Not charged; the next code of the app will do.</summary>
    public sealed record Replayed : CodeRefusal;

    /// <summary>The attempts of this sign-in are used up: start over from the first factor.</summary>
    public sealed record StartOver : CodeRefusal;

    /// <summary>The account is locked. The code was not evaluated, or it was the last wrong one.</summary>
    /// <param name="Lock">Why, until when, and what ends it.</param>
    public sealed record LockedOut(AccountLock Lock) : CodeRefusal;

    /// <summary>Too many backup codes are being hashed. Not charged; try again in a moment.</summary>
    public sealed record Busy : CodeRefusal;

    /// <summary>Other requests for this account won every write. Not charged, nothing accepted; try again.</summary>
    public sealed record Contended : CodeRefusal;

    /// <summary>The factor cannot be verified now: its key is missing or its record is damaged. Not charged; an operator must act.</summary>
    public sealed record Unavailable : CodeRefusal;

    /// <summary>The account is not used: its region is unknown or another one, or it is being moved. Not counted.</summary>
    /// <param name="Reason">Which of these, and so what to tell the user.</param>
    public sealed record RegionRefused(RegionRefusal Reason) : CodeRefusal;

    /// <summary>The server's clock lies before a step that was accepted already, so no code can be judged. Not charged; an operator must act.</summary>
    public sealed record ClockMovedBack : CodeRefusal;
}
