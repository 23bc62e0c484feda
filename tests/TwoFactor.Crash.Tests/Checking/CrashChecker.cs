using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Crash.Tests.Recording;

namespace TwoFactor.Crash.Tests.Checking;

/// <summary>
/// Compares what was acknowledged to one user with what the database holds. Pure. What was not acknowledged may have happened or not, but wholly.
/// </summary>
internal static class CrashChecker
{
    // Of the default policy, under which all workers run.
    private const int Limit = 5;

    /// <summary>Everything that is wrong; empty when nothing is.</summary>
    public static IReadOnlyList<string> Check(History history)
    {
        var trail = Trail.Of(history.Events);
        return
        [
            .. Chain(history), .. Overrun(trail), .. AcceptedTwice(history.Attempts), .. Twice("The trail accepts twice", trail.Accepted), .. Acknowledged(history.Attempts, trail),
            .. State(history.Found, trail), .. Codes(history.Before?.BackupCodes, history.Found?.BackupCodes),
        ];
    }

    /// <summary>Codes that were acknowledged as accepted more than once, whatever any database holds.</summary>
    public static IEnumerable<string> AcceptedTwice(IEnumerable<Attempt> attempts) => Twice(
        "Acknowledged twice", attempts.Where(attempt => attempt.Answer?.Kind is "SignedIn" or "Trusted" or "Proved" or "Confirmed").Select(attempt => Trail.What(attempt.Code)));

    private static IEnumerable<string> Chain(History history)
    {
        if (AuditChain.FindBreak(history.Events, history.Found?.AuditHead) is { } gap) yield return $"The chain is broken at event {gap}.";
    }

    private static IEnumerable<string> Overrun(Trail trail)
    {
        if (trail.MostFailures > Limit) yield return $"There were {trail.MostFailures} wrong codes without a lock.";
    }

    private static IEnumerable<string> Twice(string complaint, IEnumerable<string> codes) =>
        codes.GroupBy(code => code).Where(same => same.Count() > 1).Select(same => $"{complaint}: {same.Key}, {same.Count()} times.");

    private static IEnumerable<string> Acknowledged(IReadOnlyCollection<Attempt> attempts, Trail trail)
    {
        foreach (var until in attempts.Where(attempt => attempt.Answer is { Kind: "LockedOut", Values: [_] }).Select(attempt => attempt.Answer!.Values[0]).Distinct())
            if (!trail.Locks.Contains(until)) yield return $"An acknowledged lock is lost: until {until}.";

        var left = trail.Deeds.ToList();
        foreach (var deed in attempts.SelectMany(Claims.Must))
            if (!left.Remove(deed)) yield return $"Acknowledged, and lost: {deed}.";

        // What is left was not acknowledged: each deed needs an attempt of its own that may have done it, and one that names it first.
        var possible = attempts.SelectMany(Claims.May).OrderBy(deed => deed.What is null).ToList();
        foreach (var deed in left)
        {
            var cause = possible.FindIndex(may => may.Name == deed.Name && may.At == deed.At && (may.What is null || may.What == deed.What));
            if (cause < 0) yield return $"Nobody attempted what happened: {deed}.";
            else possible.RemoveAt(cause);
        }
    }

    private static IEnumerable<string> State(Account? found, Trail trail)
    {
        var account = found ?? Account.NewFor(new UserId("nobody"));
        (string What, object? State, object? Trail)[] facts =
        [
            ("epoch", account.Epoch, trail.Epoch),
            ("active authenticator", account.Active?.Id.ToString(), trail.Active),
            ("pending authenticator", account.Pending?.Id.ToString(), trail.Pending),
            ("newest step that is spent", account.Active?.LastAcceptedStep, trail.LastStep),
            ("backup codes' authenticator", account.BackupCodes?.EnrollmentId.ToString(), trail.Active),
            ("backup codes' making", account.BackupCodes?.GeneratedAt, trail.Set),
            ("spent backup codes", Spent(account.BackupCodes), string.Join(' ', trail.SpentSlots.Order())),
            ("wrong codes in this round", account.Attempts.RoundFailures, trail.RoundFailures),
            ("wrong codes in a row", account.Attempts.ConsecutiveFailures, trail.ConsecutiveFailures),
            ("wrong codes remembered", account.Attempts.RecentFailures.Length, trail.RememberedFailures),
            ("lock", account.Attempts.CodeLock is { } l ? l.Until?.ToString("O") ?? "" : null, trail.LockedUntil),
            ("trusted devices", string.Join(' ', account.TrustedDevices.Select(device => device.Id.ToString()).Order()), string.Join(' ', trail.Devices.Order())),
            ("last sign-in", account.LastSignInAt, trail.LastSignIn),
        ];
        return facts.Where(fact => !Equals(fact.State, fact.Trail)).Select(fact => $"State and trail differ in the {fact.What}: {fact.State ?? "none"} and {fact.Trail ?? "none"}.");
    }

    private static string Spent(BackupCodeSet? codes) =>
        codes is null ? "" : string.Join(' ', codes.Hashes.Select((hash, slot) => (hash, slot)).Where(code => code.hash is null).Select(code => code.slot));

    private static IEnumerable<string> Codes(BackupCodeSet? before, BackupCodeSet? found)
    {
        if (found is null) yield break;
        if (found.Hashes.Length != 10) yield return $"There are {found.Hashes.Length} backup codes instead of 10.";
        if (before is null) yield break;
        var isSame = found.GeneratedAt == before.GeneratedAt && found.EnrollmentId == before.EnrollmentId;
        foreach (var (hash, slot) in found.Hashes.Select((hash, slot) => (hash, slot)).Where(code => code.hash is not null))
        {
            if (isSame && hash != before.HashAt(slot)) yield return $"An old set has a new backup code in slot {slot}, or one that was spent.";
            if (!isSame && before.Hashes.Contains(hash)) yield return $"A new set has an old backup code in slot {slot}.";
        }
    }
}
