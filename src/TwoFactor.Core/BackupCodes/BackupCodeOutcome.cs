namespace TwoFactor.BackupCodes;

/// <summary>What came of comparing a code with a stored hash.</summary>
public enum BackupCodeOutcome
{
    /// <summary>Not the code, or there was no hash to compare with.</summary>
    Mismatch = 0,

    /// <summary>The code. It is spent only when the caller has saved so.</summary>
    Match,

    /// <summary>Too many hashes under way: nothing was evaluated, and nothing should be charged.</summary>
    Busy,

    /// <summary>The hash was made with a pepper that is not configured: nothing was evaluated, and nothing should be charged.</summary>
    PepperMissing,

    /// <summary>The stored hash is malformed or demands what the limits forbid: nothing was evaluated.</summary>
    InvalidHash,
}
