namespace TwoFactor.Administration;

/// <summary>What an administrator does.</summary>
public enum AdministrativeAction
{
    /// <summary>End the soft locks of a user.</summary>
    Unlock = 1,

    /// <summary>Remove a user's secret, codes and challenges after verifying the user's identity.</summary>
    Reset = 2,

    /// <summary>Remove a user's authenticator.</summary>
    Unregister = 3,

    /// <summary>Give a user more grace.</summary>
    ExtendGrace = 4,

    /// <summary>Exempt a user from an organisation's rules for a while.</summary>
    Exempt = 5,

    /// <summary>List users with their status.</summary>
    ReadUsers = 6,

    /// <summary>Read an organisation's policy.</summary>
    ReadPolicy = 7,

    /// <summary>Change an organisation's policy.</summary>
    ChangePolicy = 8,

    /// <summary>Read audit events and verify chains.</summary>
    ReadAudit = 9,

    /// <summary>Trust none of a user's devices any longer.</summary>
    RevokeTrustedDevices = 10,

    /// <summary>See what a draft of a policy would do to whom.</summary>
    SimulatePolicy = 11,

    /// <summary>Move a user's account to another region, or cancel that.</summary>
    MoveRegion = 12,
}
