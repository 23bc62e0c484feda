using System.Collections.Immutable;
using TwoFactor.Auditing;

namespace TwoFactor.Sample.Web.Services.Texts;

/// <summary>Audit events in words.</summary>
public static class AuditText
{
    /// <summary>All names that the filter offers, each with its words.</summary>
    public static ImmutableArray<(string Name, string Words)> All { get; } =
    [
        (AuditNames.SignInSucceeded, "Signed in"),
        (AuditNames.SignInFailed, "Sign-in failed: attempts ran out"),
        (AuditNames.SignInRefused, "Sign-in refused by policy"),
        (AuditNames.ChallengeIssued, "Second factor asked for"),
        (AuditNames.SetupStarted, "Set-up begun"),
        (AuditNames.SetupSucceeded, "Set-up completed"),
        (AuditNames.DeviceTrusted, "Browser trusted"),
        (AuditNames.TrustedDevicesRevoked, "Trusted browsers revoked"),
        (AuditNames.CodeRejected, "Wrong code"),
        (AuditNames.CodeReplayed, "Used code refused"),
        (AuditNames.CodesLocked, "Locked: wrong codes"),
        (AuditNames.PasswordRejected, "Wrong password"),
        (AuditNames.PasswordLocked, "Locked: wrong passwords"),
        (AuditNames.PasswordChanged, "Password changed"),
        (AuditNames.StepUpSucceeded, "Confirmed by a code"),
        (AuditNames.BackupCodesRegenerated, "New backup codes"),
        (AuditNames.SecretRewrapped, "Seed encrypted anew"),
        (AuditNames.Unregistered, "Unregistered"),
        (AuditNames.Unlocked, "Unlocked"),
        (AuditNames.Reset, "2FA reset"),
        (AuditNames.GraceExtended, "Grace extended"),
        (AuditNames.GraceExempted, "Exempted"),
        (AuditNames.FirstSignInRecorded, "Grace started"),
        (AuditNames.EnforcementReported, "Reported by policy"),
        (AuditNames.PolicyChanged, "Security settings changed"),
        (AuditNames.AdministrationDenied, "Administration denied"),
    ];

    public static string Of(string name) => All.FirstOrDefault(pair => pair.Name == name).Words ?? name;

    /// <summary>A field of an event, as "identity verification: video call". Policies before and after are too long for a line.</summary>
    public static IEnumerable<string> Details(AuditEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e.MfaFactorType is { } factor) yield return factor == Accounts.MfaFactorType.Totp ? "authenticator" : "backup code";
        foreach (var (name, value) in e.Details)
        {
            if (name == "replaces" && value == "false") continue;
            if (name is "before" or "after" or "step" or "enrollment_id") continue;
            yield return $"{name.Replace('_', ' ')}: {value}";
        }
    }
}
