namespace TwoFactor.Administration;

/// <summary>What is asked of administrators besides the authorizer's word.</summary>
public sealed record AdministrationPolicy
{
    /// <summary>True (the default) when an administrator must have an authenticator to act on users.</summary>
    public bool RequireOwnSecondFactor { get; init; } = true;

    /// <summary>
    /// True when an administrator of one organisation may reset or unregister a user whom other organisations share. False (the default):
    /// only one who may do it in all of them.
    /// </summary>
    public bool AllowResetOfSharedUsers { get; init; }
}
