namespace TwoFactor.Accounts;

/// <summary>What led to a device being trusted no longer.</summary>
public enum TrustRevocation
{
    /// <summary>The user revoked it.</summary>
    ByUser = 1,

    /// <summary>An administrator revoked it.</summary>
    ByAdministrator = 2,

    /// <summary>A token that had been replaced was presented: somebody has a copy.</summary>
    TokenReused = 3,
}
