namespace TwoFactor.Auditing;

/// <summary>The names of audit events. They are part of the schema: none is renamed, new ones may be added.</summary>
public static class AuditNames
{
    /// <summary>A new authenticator was shown to the user.</summary>
    public const string SetupStarted = "mfa_setup_started";

    /// <summary>The user has set up the second factor.</summary>
    public const string SetupSucceeded = "mfa_setup_succeeded";

    /// <summary>The first factor passed and a code is asked for.</summary>
    public const string ChallengeIssued = "mfa_challenge_issued";

    /// <summary>A sign-in succeeded; with <c>MfaFactorType</c> when a second factor was used.</summary>
    public const string SignInSucceeded = "sign_in_succeeded";

    /// <summary>A sign-in failed because the attempts at a second factor ran out; with <c>MfaFactorType</c>.</summary>
    public const string SignInFailed = "sign_in_failed";

    /// <summary>The user trusts a device: it may skip the second factor for some days.</summary>
    public const string DeviceTrusted = "mfa_device_trusted";

    /// <summary>Devices are trusted no longer: by the user, by an administrator, or because a spent token was presented.</summary>
    public const string TrustedDevicesRevoked = "mfa_trusted_devices_revoked";

    /// <summary>A wrong code was charged.</summary>
    public const string CodeRejected = "mfa_code_rejected";

    /// <summary>A spent code was refused.</summary>
    public const string CodeReplayed = "mfa_code_replayed";

    /// <summary>A step-up inside a session succeeded.</summary>
    public const string StepUpSucceeded = "mfa_step_up_succeeded";

    /// <summary>Too many wrong codes locked the account.</summary>
    public const string CodesLocked = "mfa_locked";

    /// <summary>The host reported a wrong password.</summary>
    public const string PasswordRejected = "password_rejected";

    /// <summary>Too many wrong passwords locked the account.</summary>
    public const string PasswordLocked = "password_locked";

    /// <summary>The host reported a new password.</summary>
    public const string PasswordChanged = "password_changed";

    /// <summary>All backup codes were replaced.</summary>
    public const string BackupCodesRegenerated = "mfa_backup_codes_regenerated";

    /// <summary>A stored seed was encrypted anew under the current key.</summary>
    public const string SecretRewrapped = "mfa_secret_rewrapped";

    /// <summary>The user removed the authenticator.</summary>
    public const string Unregistered = "mfa_unregistered";

    /// <summary>An administrator ended the locks.</summary>
    public const string Unlocked = "mfa_unlocked";

    /// <summary>An administrator reset the user's second factor.</summary>
    public const string Reset = "mfa_reset";

    /// <summary>An administrative call was denied.</summary>
    public const string AdministrationDenied = "mfa_administration_denied";

    /// <summary>A passed first factor was turned away, or sent to set up, by enforcement.</summary>
    public const string SignInRefused = "sign_in_refused";

    /// <summary>Rules that only report would have decided otherwise.</summary>
    public const string EnforcementReported = "mfa_enforcement_reported";

    /// <summary>The first sign-in under a rule whose grace runs from it.</summary>
    public const string FirstSignInRecorded = "mfa_grace_started";

    /// <summary>An administrator added grace.</summary>
    public const string GraceExtended = "mfa_grace_extended";

    /// <summary>An administrator exempted a user for a while.</summary>
    public const string GraceExempted = "mfa_grace_exempted";

    /// <summary>An administrator began to move the account to another region.</summary>
    public const string RegionMoveStarted = "mfa_region_move_started";

    /// <summary>An administrator cancelled a move to another region.</summary>
    public const string RegionMoveCancelled = "mfa_region_move_cancelled";

    /// <summary>The account is in its new region, and only there.</summary>
    public const string RegionMoveCompleted = "mfa_region_move_completed";

    /// <summary>An organisation's policy was changed.</summary>
    public const string PolicyChanged = "mfa_policy_changed";
}
