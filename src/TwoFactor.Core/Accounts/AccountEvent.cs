using System.Collections.Immutable;

namespace TwoFactor.Accounts;

/// <summary>
/// Something that happened to an account. A decider answers with events, <see cref="AccountEvolution"/> applies them, and each becomes one
/// audit record in the same store write. A closed hierarchy.
/// </summary>
public abstract record AccountEvent
{
    private protected AccountEvent(DateTimeOffset at) => At = at;

    /// <summary>When it happened: the time that the operation read at its start.</summary>
    public DateTimeOffset At { get; }
}

/// <summary>A new authenticator was shown to the user.</summary>
public sealed record EnrollmentStarted(DateTimeOffset At, PendingEnrollment Pending) : AccountEvent(At);

/// <summary>A pending authenticator proved itself by a code and is active; an earlier one, with its codes, is gone.</summary>
public sealed record EnrollmentConfirmed(DateTimeOffset At, ActiveEnrollment Active, BackupCodeSet BackupCodes, bool Replaces) : AccountEvent(At);

/// <summary>The first factor passed and a code is asked for.</summary>
public sealed record ChallengeIssued(DateTimeOffset At, Challenge Challenge) : AccountEvent(At);

/// <summary>A sign-in ended well; <paramref name="Use"/> is null when no second factor was asked for.</summary>
public sealed record SignInSucceeded(DateTimeOffset At, SignInMethod Method, FactorUse? Use, ImmutableArray<byte> ChallengeHash) : AccountEvent(At);

/// <summary>A sign-in ended well because a trusted device stood in for the second factor; its token is spent and replaced.</summary>
public sealed record SignedInByTrust(DateTimeOffset At, SignInMethod Method, TrustedDeviceId Device, ImmutableArray<byte> NextTokenHash) : AccountEvent(At);

/// <summary>The user passed the second factor and trusts the device; it comes right after the sign-in's own event.</summary>
public sealed record DeviceTrusted(DateTimeOffset At, TrustedDevice Device) : AccountEvent(At);

/// <summary>Devices are trusted no longer.</summary>
/// <param name="At">When.</param>
/// <param name="Devices">Which; empty when an administrator revoked all of a user who had none.</param>
/// <param name="Why">What led to it.</param>
/// <param name="Actor">The administrator; null for the user and for a reused token.</param>
/// <param name="Organization">In which the administrator acted.</param>
/// <param name="Reason">The administrator's.</param>
public sealed record TrustedDevicesRevoked(
    DateTimeOffset At, ImmutableArray<TrustedDeviceId> Devices, TrustRevocation Why, string? Actor = null, OrganizationId? Organization = null, string? Reason = null)
    : AccountEvent(At);

/// <summary>A sign-in ended because its attempts ran out, or because the account was locked.</summary>
public sealed record SignInFailed(DateTimeOffset At, SignInMethod Method, MfaFactorType Factor, ImmutableArray<byte> ChallengeHash) : AccountEvent(At);

/// <summary>A wrong code was charged to the budget.</summary>
/// <param name="At">When.</param>
/// <param name="Purpose">What the code was for.</param>
/// <param name="Factor">What kind of code it claimed to be.</param>
/// <param name="ChallengeHash">The challenge it was given under; empty when there was none.</param>
/// <param name="BurnedStep">
/// A future step that the answer's clock hint confirms and that must therefore never be accepted; null when none. It belongs to the pending
/// authenticator when <paramref name="Purpose"/> is its confirmation, to the active one otherwise.
/// </param>
public sealed record CodeRejected(DateTimeOffset At, CodePurpose Purpose, MfaFactorType Factor, ImmutableArray<byte> ChallengeHash, long? BurnedStep)
    : AccountEvent(At);

/// <summary>A code was right once but is spent. Refused, not charged.</summary>
public sealed record CodeReplayed(DateTimeOffset At, CodePurpose Purpose, long Step) : AccountEvent(At);

/// <summary>A step-up inside a session succeeded.</summary>
public sealed record StepUpSucceeded(DateTimeOffset At, FactorUse Use) : AccountEvent(At);

/// <summary>The budget ran out: the second factor is locked, and open challenges are void.</summary>
public sealed record CodesLocked(DateTimeOffset At, AccountLock Lock) : AccountEvent(At);

/// <summary>The host reported a wrong password.</summary>
public sealed record PasswordRejected(DateTimeOffset At) : AccountEvent(At);

/// <summary>Too many wrong passwords: the account is locked, and open challenges are void.</summary>
public sealed record PasswordLocked(DateTimeOffset At, AccountLock Lock) : AccountEvent(At);

/// <summary>The host reported a new password: open challenges, a set-up that is not confirmed, and trusted devices are void.</summary>
public sealed record PasswordChanged(DateTimeOffset At) : AccountEvent(At);

/// <summary>All backup codes were replaced by new ones.</summary>
public sealed record BackupCodesRegenerated(DateTimeOffset At, BackupCodeSet BackupCodes) : AccountEvent(At);

/// <summary>The stored seed was encrypted anew under the current key: that of the active authenticator, or of the one that waits for its first code.</summary>
public sealed record SecretRewrapped(DateTimeOffset At, ImmutableArray<byte> ProtectedSecret, bool IsPending = false) : AccountEvent(At);

/// <summary>The authenticator was removed, by the user (no actor) or by an administrator.</summary>
public sealed record Unregistered(DateTimeOffset At, string? Actor = null, OrganizationId? Organization = null, string? Reason = null) : AccountEvent(At);

/// <summary>An administrator ended the soft locks; secret and codes stay.</summary>
public sealed record Unlocked(DateTimeOffset At, string Actor, OrganizationId? Organization, string? Reason) : AccountEvent(At);

/// <summary>An administrator removed secret, codes, devices and challenges; the user sets up again.</summary>
public sealed record TwoFactorReset(DateTimeOffset At, string Actor, OrganizationId? Organization, string Reason, string IdentityVerification)
    : AccountEvent(At);

/// <summary>An administrative call of this user was denied. It stands in the chain of who tried it and changes nothing else.</summary>
public sealed record AdministrationDenied(DateTimeOffset At, string Action, OrganizationId? Organization, UserId? Subject, string Reason) : AccountEvent(At);

/// <summary>A passed first factor was turned away, or sent to set up, by enforcement.</summary>
/// <param name="At">When.</param>
/// <param name="Method">The first factor.</param>
/// <param name="Outcome">What enforcement said.</param>
/// <param name="Rules">The rules that decided, as <c>organization/rule@version</c>.</param>
/// <param name="Organization">Whose rules they are; the event is that organisation's, so that no other reads its rules in it.</param>
public sealed record SignInRefused(DateTimeOffset At, SignInMethod Method, string Outcome, string Rules, OrganizationId? Organization) : AccountEvent(At);

/// <summary>Rules that only report would have decided otherwise.</summary>
public sealed record EnforcementReported(DateTimeOffset At, string Outcome, string WouldBe) : AccountEvent(At);

/// <summary>The first sign-in under a rule whose grace runs from it.</summary>
public sealed record FirstSignInRecorded(DateTimeOffset At, FirstSignIn SignIn) : AccountEvent(At);

/// <summary>An administrator added grace.</summary>
public sealed record GraceExtended(DateTimeOffset At, string Actor, GraceExtension Extension, string Reason) : AccountEvent(At);

/// <summary>An administrator exempted the user for a while; a time that is past ends an exemption.</summary>
public sealed record GraceExempted(DateTimeOffset At, string Actor, GraceExemption Exemption, string Reason) : AccountEvent(At);

/// <summary>An administrator began to move the account to another region; from here on it stands still.</summary>
public sealed record RegionMoveStarted(DateTimeOffset At, string Actor, OrganizationId? Organization, Guid Move, RegionId From, RegionId To, string Reason)
    : AccountEvent(At);

/// <summary>An administrator cancelled a move: what was copied is removed, and the account stays where it was.</summary>
public sealed record RegionMoveCancelled(DateTimeOffset At, string Actor, OrganizationId? Organization, Guid Move, RegionId Region, RegionId To, string Reason)
    : AccountEvent(At);

/// <summary>The account is in its new region, and only there.</summary>
public sealed record RegionMoveCompleted(DateTimeOffset At, string Actor, OrganizationId? Organization, Guid Move, RegionId From, RegionId To)
    : AccountEvent(At);
