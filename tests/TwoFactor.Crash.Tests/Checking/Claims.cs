using TwoFactor.Auditing;
using TwoFactor.Crash.Tests.Recording;
using TwoFactor.TrustedDevices;

namespace TwoFactor.Crash.Tests.Checking;

/// <summary>What an attempt must have left in the trail, and what it may have left besides.</summary>
internal static class Claims
{
    /// <summary>What was acknowledged must be there.</summary>
    public static IEnumerable<Deed> Must(Attempt attempt)
    {
        var (at, values) = (attempt.Order.At, attempt.Answer?.Values ?? []);
        return attempt.Answer?.Kind switch
        {
            // A token that was spent before is a copy: its device is trusted no longer.
            "ChallengeRequired" when values[1] == "Reused" => [Deed.Of(AuditNames.ChallengeIssued, at), Revoked(attempt)],
            "ChallengeRequired" => [Deed.Of(AuditNames.ChallengeIssued, at)],
            "Trusted" => [Accepted(attempt)],
            "Allowed" => [Deed.Of(AuditNames.SignInSucceeded, at)],
            "SignedIn" when values is [_, var token] => [Accepted(attempt), new Deed(AuditNames.DeviceTrusted, at, DeviceOf(token))],
            "SignedIn" or "Proved" => [Accepted(attempt)],
            "Wrong" => [Deed.Of(AuditNames.CodeRejected, at)],
            "StartOver" => [Deed.Of(AuditNames.CodeRejected, at), Deed.Of(AuditNames.SignInFailed, at)],
            "Replayed" => [Deed.Of(AuditNames.CodeReplayed, at)],
            "Started" => [new Deed(AuditNames.SetupStarted, at, values[0])],
            "Confirmed" => [Accepted(attempt)],
            "Regenerated" => [Deed.Of(AuditNames.BackupCodesRegenerated, at)],
            "Removed" => [Deed.Of(AuditNames.Unregistered, at)],
            _ => [],
        };
    }

    /// <summary>What was not acknowledged may be there, and of an answer that has more than one cause either.</summary>
    public static IEnumerable<Deed> May(Attempt attempt)
    {
        var at = attempt.Order.At;
        return attempt switch
        {
            // The one that ran into the lock is told what those are told who come after it.
            { Answer.Kind: "LockedOut", Code: not (null or SubmittedCode.OfDevice) } => [Deed.Of(AuditNames.CodeRejected, at), Deed.Of(AuditNames.SignInFailed, at), new Deed(AuditNames.CodesLocked, at, attempt.Answer.Values.FirstOrDefault(""))],
            { Answer: not null } => [],
            { Order.Verb: Verb.BeginSignIn, Code: not null } => [Accepted(attempt), Revoked(attempt), Deed.Of(AuditNames.ChallengeIssued, at), Deed.Of(AuditNames.SignInSucceeded, at)],
            { Order.Verb: Verb.BeginSignIn } => [Deed.Of(AuditNames.ChallengeIssued, at), Deed.Of(AuditNames.SignInSucceeded, at)],
            { Order.Verb: Verb.BeginEnrollment } => [new Deed(AuditNames.SetupStarted, at, null)],
            { Order.Verb: Verb.Regenerate } => [Deed.Of(AuditNames.BackupCodesRegenerated, at)],
            { Order.Verb: Verb.Unregister } => [Deed.Of(AuditNames.Unregistered, at)],
            _ => [.. Judged(attempt)],
        };
    }

    private static IEnumerable<Deed> Judged(Attempt attempt)
    {
        var at = attempt.Order.At;
        if (attempt.Code is not SubmittedCode.Guessed) yield return Accepted(attempt);
        yield return Deed.Of(AuditNames.CodeRejected, at);
        yield return Deed.Of(AuditNames.CodeReplayed, at);
        yield return Deed.Of(AuditNames.SignInFailed, at);
        yield return new Deed(AuditNames.CodesLocked, at, null);
        if (attempt.Order is { Verb: Verb.Verify, Arguments.Length: 4 }) yield return new Deed(AuditNames.DeviceTrusted, at, null);
    }

    private static Deed Revoked(Attempt attempt) => new(AuditNames.TrustedDevicesRevoked, attempt.Order.At, ((SubmittedCode.OfDevice)attempt.Code!).Device);

    private static string DeviceOf(string token) =>
        TrustedDeviceToken.TryParse(token, out var read) ? read.DeviceId.ToString() : throw new InvalidOperationException("The token of a device cannot be read.");

    private static Deed Accepted(Attempt attempt)
    {
        var name = attempt.Order.Verb switch
        {
            Verb.Verify or Verb.BeginSignIn => AuditNames.SignInSucceeded,
            Verb.StepUp => AuditNames.StepUpSucceeded,
            _ => AuditNames.SetupSucceeded,
        };
        return new Deed(name, attempt.Order.At, Trail.What(attempt.Code));
    }
}
