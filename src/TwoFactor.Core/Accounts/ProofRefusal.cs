namespace TwoFactor.Accounts;

/// <summary>Why a proof does not carry a sensitive operation.</summary>
public enum ProofRefusal
{
    /// <summary>None was given.</summary>
    Missing = 1,

    /// <summary>It is another user's.</summary>
    OtherUser = 2,

    /// <summary>It belongs to an authenticator or an epoch that is past.</summary>
    Superseded = 3,

    /// <summary>It is too old, or lies in the future.</summary>
    Stale = 4,

    /// <summary>A trusted device stood in for the factor.</summary>
    NotARealFactor = 5,
}
