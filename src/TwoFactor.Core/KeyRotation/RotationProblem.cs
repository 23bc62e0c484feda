using TwoFactor.Accounts;

namespace TwoFactor.KeyRotation;

/// <summary>Why a seed still needs an old key, or any.</summary>
public enum RotationProblem
{
    /// <summary>Its key is not in the ring. Put the key back and rotate again; the user's authenticator does not work meanwhile.</summary>
    KeyMissing = 1,

    /// <summary>The row is damaged, or was copied from another user: no key opens it. The user needs a reset.</summary>
    Damaged = 2,

    /// <summary>Other requests for the account won every write. Rotate again.</summary>
    Contended = 3,

    /// <summary>The account moves between regions, or is not where its directory says. Rotate again once it is.</summary>
    Elsewhere = 4,
}

/// <summary>An account that was left as it was.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="Problem">Why.</param>
public sealed record RotationFinding(UserId UserId, RotationProblem Problem);
