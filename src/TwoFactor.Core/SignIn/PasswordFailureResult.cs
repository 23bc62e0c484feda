using TwoFactor.Accounts;

namespace TwoFactor.SignIn;

/// <summary>The answer to a reported wrong password. A closed hierarchy.</summary>
public abstract record PasswordFailureResult
{
    private PasswordFailureResult()
    {
    }

    /// <summary>It was counted.</summary>
    /// <param name="AttemptsLeft">How many more are borne before the account is locked; at least 1.</param>
    public sealed record Counted(int AttemptsLeft) : PasswordFailureResult;

    /// <summary>The account is locked for wrong passwords, by this one or already. A lock for codes neither shows here nor stops the count.</summary>
    /// <param name="Lock">Why, until when, and what ends it.</param>
    public sealed record LockedOut(AccountLock Lock) : PasswordFailureResult;

    /// <summary>The account is not used: its region is unknown or another one, or it is being moved. Not counted.</summary>
    /// <param name="Reason">Which of these, and so what to tell the user.</param>
    public sealed record RegionRefused(RegionRefusal Reason) : PasswordFailureResult;

    /// <summary>Other requests for this account won every write; report again.</summary>
    public sealed record Contended : PasswordFailureResult;
}
