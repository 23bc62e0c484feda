namespace TwoFactor.Cryptography;

/// <summary>What came of opening a protected secret.</summary>
public enum UnprotectOutcome
{
    /// <summary>Malformed, tampered with, or bound to other associated data.</summary>
    Invalid = 0,

    /// <summary>
    /// The key it was protected under is not in the ring: nothing can be said of the secret, and it is not lost for good.
    /// </summary>
    KeyMissing,

    /// <summary>The secret was written.</summary>
    Success,
}
