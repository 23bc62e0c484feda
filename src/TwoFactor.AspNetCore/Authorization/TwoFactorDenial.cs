namespace TwoFactor.AspNetCore.Authorization;

/// <summary>Why a two-factor requirement is not met.</summary>
public enum TwoFactorDenial
{
    /// <summary>No one is signed in through a scheme that keeps two-factor sessions, or the session has ended.</summary>
    NoSession = 1,

    /// <summary>The user has no authenticator: one must be set up.</summary>
    NotEnrolled = 2,

    /// <summary>The session has passed no second factor of the present authenticator.</summary>
    NotProved = 3,

    /// <summary>The proof is too old, or lies in the future.</summary>
    Stale = 4,

    /// <summary>A trusted device stood in for the factor, which does not count here.</summary>
    ViaTrust = 5,

    /// <summary>The factor was a backup code, which does not count here.</summary>
    ViaRecovery = 6,
}

/// <summary>The stable codes of denials, as problem details carry them.</summary>
public static class TwoFactorDenialCodes
{
    /// <summary>The code: <c>no_session</c>, <c>enrollment_required</c> or, for whatever a step-up mends, <c>step_up_required</c>.</summary>
    public static string CodeOf(TwoFactorDenial denial) => denial switch
    {
        TwoFactorDenial.NoSession => "no_session",
        TwoFactorDenial.NotEnrolled => "enrollment_required",
        _ => "step_up_required",
    };
}
