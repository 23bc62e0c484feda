using System.Globalization;
using TwoFactor.Accounts;

namespace TwoFactor.Auditing;

/// <summary>Domain event → what the audit trail may say of it: ids, reasons and numbers, never a secret.</summary>
internal static class AuditProjection
{
    public static AuditDraft Project(AccountEvent e) => e switch
    {
        EnrollmentStarted started => Draft(AuditNames.SetupStarted, MfaFactorType.Totp, ("enrollment_id", started.Pending.Id.ToString())),
        EnrollmentConfirmed confirmed => Draft(AuditNames.SetupSucceeded, MfaFactorType.Totp,
            ("enrollment_id", confirmed.Active.Id.ToString()), ("replaces", confirmed.Replaces ? "true" : "false"), ("step", Text(confirmed.Active.LastAcceptedStep))),
        ChallengeIssued issued => new AuditDraft(AuditNames.ChallengeIssued, null, null, UsualDetails.OfChallenge(issued.Challenge.Method)),
        SignInSucceeded { Use: TotpUse { Offset: 0 } totp } signedIn => new AuditDraft(AuditNames.SignInSucceeded, null, totp.Factor, UsualDetails.OfSignIn(signedIn.Method, totp.Step)),
        SignInSucceeded { Use: { } use } signedIn => Used(AuditNames.SignInSucceeded, use, signedIn.Method.ToString()),
        SignInSucceeded signedIn => Draft(AuditNames.SignInSucceeded, null, ("method", signedIn.Method.ToString())),
        SignedInByTrust trusted => Draft(AuditNames.SignInSucceeded, null, ("method", trusted.Method.ToString()), ("trusted_device", trusted.Device.ToString())),
        DeviceTrusted trusted => Draft(AuditNames.DeviceTrusted, trusted.Device.Factor, ("trusted_device", trusted.Device.Id.ToString()), ("device_name", trusted.Device.Name),
            ("until", trusted.Device.ExpiresAt.ToString("O", CultureInfo.InvariantCulture))),
        TrustedDevicesRevoked revoked => Draft(AuditNames.TrustedDevicesRevoked, null,
            ("trusted_devices", string.Join(' ', revoked.Devices)), ("why", revoked.Why.ToString()), ("reason", revoked.Reason ?? ""))
            with { Actor = revoked.Actor, Organization = revoked.Organization },
        SignInFailed failed => Draft(AuditNames.SignInFailed, failed.Factor, ("method", failed.Method.ToString())),
        CodeRejected rejected => Draft(AuditNames.CodeRejected, rejected.Factor, ("purpose", rejected.Purpose.ToString())),
        CodeReplayed replayed => Draft(AuditNames.CodeReplayed, MfaFactorType.Totp, ("purpose", replayed.Purpose.ToString()), ("step", Text(replayed.Step))),
        StepUpSucceeded steppedUp => Used(AuditNames.StepUpSucceeded, steppedUp.Use),
        CodesLocked locked => Locked(AuditNames.CodesLocked, locked.Lock),
        PasswordRejected => Draft(AuditNames.PasswordRejected, null),
        PasswordLocked locked => Locked(AuditNames.PasswordLocked, locked.Lock),
        PasswordChanged => Draft(AuditNames.PasswordChanged, null),
        BackupCodesRegenerated regenerated => Draft(AuditNames.BackupCodesRegenerated, MfaFactorType.BackupCode, ("count", Text(regenerated.BackupCodes.Hashes.Length))),
        SecretRewrapped => Draft(AuditNames.SecretRewrapped, MfaFactorType.Totp),
        Unregistered { Actor: null } => Draft(AuditNames.Unregistered, MfaFactorType.Totp),
        Unregistered removed => Draft(AuditNames.Unregistered, MfaFactorType.Totp, ("reason", removed.Reason ?? "")) with { Actor = removed.Actor, Organization = removed.Organization },
        Unlocked unlocked => Draft(AuditNames.Unlocked, null, ("reason", unlocked.Reason ?? "")) with { Actor = unlocked.Actor, Organization = unlocked.Organization },
        TwoFactorReset reset => Draft(AuditNames.Reset, null, ("reason", reset.Reason), ("identity_verification", reset.IdentityVerification)) with { Actor = reset.Actor, Organization = reset.Organization },
        AdministrationDenied denied => Draft(AuditNames.AdministrationDenied, null, ("action", denied.Action), ("reason", denied.Reason))
            with { Organization = denied.Organization, Subject = denied.Subject },
        SignInRefused refused => Draft(AuditNames.SignInRefused, null, ("method", refused.Method.ToString()), ("outcome", refused.Outcome), ("rules", refused.Rules))
            with { Organization = refused.Organization },
        EnforcementReported reported => Draft(AuditNames.EnforcementReported, null, ("outcome", reported.Outcome), ("would_be", reported.WouldBe)),
        FirstSignInRecorded first => Draft(AuditNames.FirstSignInRecorded, null, ("rule", first.SignIn.RuleId)) with { Organization = first.SignIn.OrganizationId },
        GraceExtended extended => Draft(AuditNames.GraceExtended, null, ("extra", extended.Extension.Extra.ToString("c", CultureInfo.InvariantCulture)), ("reason", extended.Reason))
            with { Actor = extended.Actor, Organization = extended.Extension.OrganizationId },
        GraceExempted exempted => Draft(AuditNames.GraceExempted, null, ("until", exempted.Exemption.Until.ToString("O", CultureInfo.InvariantCulture)), ("reason", exempted.Reason))
            with { Actor = exempted.Actor, Organization = exempted.Exemption.OrganizationId },
        RegionMoveStarted started => Draft(AuditNames.RegionMoveStarted, null,
            ("move", started.Move.ToString("N")), ("from", started.From.Value), ("to", started.To.Value), ("reason", started.Reason))
            with { Actor = started.Actor, Organization = started.Organization },
        RegionMoveCancelled cancelled => Draft(AuditNames.RegionMoveCancelled, null,
            ("move", cancelled.Move.ToString("N")), ("region", cancelled.Region.Value), ("to", cancelled.To.Value), ("reason", cancelled.Reason))
            with { Actor = cancelled.Actor, Organization = cancelled.Organization },
        RegionMoveCompleted completed => Draft(AuditNames.RegionMoveCompleted, null,
            ("move", completed.Move.ToString("N")), ("from", completed.From.Value), ("to", completed.To.Value))
            with { Actor = completed.Actor, Organization = completed.Organization },
        _ => throw new ArgumentException($"There is no audit record for {e.GetType().Name}.", nameof(e)),
    };

    private static AuditDraft Used(string name, FactorUse use, string method = "") => use switch
    {
        TotpUse totp => Draft(name, use.Factor, ("method", method), ("step", Text(totp.Step)), ("offset", Text(totp.Offset))),
        BackupCodeUse code => Draft(name, use.Factor, ("method", method), ("slot", Text(code.Slot))),
        _ => Draft(name, use.Factor, ("method", method)),
    };

    private static AuditDraft Locked(string name, AccountLock l) => Draft(
        name, null, ("reason", l.Reason.ToString()), ("release", l.Release.ToString()), ("until", l.Until?.ToString("O", CultureInfo.InvariantCulture) ?? ""));

    private static AuditDraft Draft(string name, MfaFactorType? factor, params ReadOnlySpan<(string Name, string Value)> details)
    {
        var fields = AuditEvent.NoDetails.ToBuilder();
        foreach (var (field, value) in details)
        {
            if (value.Length > 0) fields.Add(field, PlainText.Escape(value));
        }

        return new AuditDraft(name, null, factor, fields.ToImmutable());
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
