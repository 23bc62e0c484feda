using System.Collections.Immutable;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Crash.Tests.Checking;
using TwoFactor.Crash.Tests.Databases;
using TwoFactor.Crash.Tests.Processes;
using TwoFactor.Crash.Tests.Recording;
using TwoFactor.Testing;

namespace TwoFactor.Crash.Tests;

/// <summary>A history that happened is found to be whole; each that is forged from it is found to be wrong.</summary>
[TestFixture]
[Feature("X1")]
[Feature("X10")]
public sealed class CrashCheckerTests
{
    private static readonly Dictionary<string, (Func<History, History> Forge, string Complaint)> s_forgeries = new()
    {
        ["The last event is missing"] = (h => h with { Events = h.Events[..^1] }, "The chain is broken"),
        ["An event in the middle is missing"] = (h => h with { Events = h.Events.RemoveAt(4) }, "The chain is broken at event 5"),
        ["The account is an earlier one"] = (h => h with { Found = h.Before }, "The chain is broken"),
        ["The account is gone"] = (h => h with { Found = null }, "The chain is broken"),
        ["A sign-in was forgotten, state and all"] = (h => Without(h, AuditNames.SignInSucceeded), "Acknowledged, and lost: sign_in_succeeded"),
        ["A wrong code was forgotten, state and all"] = (h => Without(h, AuditNames.CodeRejected), "Acknowledged, and lost: mfa_code_rejected"),
        ["New codes were forgotten"] = (h => Without(h, AuditNames.BackupCodesRegenerated), "Acknowledged, and lost: mfa_backup_codes_regenerated"),
        ["A lock was forgotten"] = (h => Without(h, AuditNames.CodesLocked), "An acknowledged lock is lost"),
        ["A code was accepted twice"] = (h => Twice(h, AuditNames.StepUpSucceeded), "The trail accepts twice"),
        ["The code that confirmed was accepted again"] = (h => Twice(h, AuditNames.SetupSucceeded), "The trail accepts twice"),
        ["A success was acknowledged twice"] = (h => h with { Attempts = [.. h.Attempts, Again(h, "SignedIn")] }, "Acknowledged twice"),
        ["A success was acknowledged and is not there"] = (h => h with { Attempts = [.. h.Attempts, Again(h, "Started")] }, "Acknowledged, and lost: mfa_setup_started"),
        ["Something happened that nobody tried"] = (h => h with { Attempts = [.. h.Attempts.Where(a => a.Answer?.Kind != "Replayed")] }, "Nobody attempted what happened: mfa_code_replayed"),
        ["More was counted than was tried"] = (h => Twice(h, AuditNames.CodeRejected), "Nobody attempted what happened: mfa_code_rejected"),
        ["The limit was overrun"] = (h => Twice(h, AuditNames.CodeRejected), "There were 6 wrong codes without a lock"),
        ["Another code was accepted than the one submitted"] = (h => h with { Attempts = [.. h.Attempts.Select(OfOtherStep)] }, "Nobody attempted what happened: sign_in_succeeded"),
        ["A failure is not counted"] = (h => WithAttempts(h, ledger => ledger with { ConsecutiveFailures = 0 }), "wrong codes in a row"),
        ["A failure is not remembered"] = (h => WithAttempts(h, ledger => ledger with { RecentFailures = ledger.RecentFailures[1..] }), "wrong codes remembered"),
        ["The lock is gone"] = (h => WithAttempts(h, ledger => ledger with { CodeLock = null }), "State and trail differ in the lock"),
        ["The old authenticator is back"] = (h => h with { Found = h.Found! with { Active = h.Before!.Active } }, "active authenticator"),
        ["A pending authenticator was left"] = (h => h with { Found = h.Found! with { Pending = PendingOf(h.Found) } }, "pending authenticator"),
        ["A spent step is good again"] = (h => h with { Found = h.Found! with { Active = h.Found.Active! with { LastAcceptedStep = 1 } } }, "newest step that is spent"),
        ["A device was used that nobody trusted"] = (h => Without(h, AuditNames.DeviceTrusted, last: true), "which was not trusted"),
        ["A trusted device's token was accepted twice"] = (h => h with { Attempts = [.. h.Attempts, Again(h, "Trusted")] }, "Acknowledged twice: device"),
        ["A trusted device was forgotten"] = (h => h with { Found = h.Found! with { TrustedDevices = [] } }, "State and trail differ in the trusted devices"),
        ["The epoch stands still"] = (h => h with { Found = h.Found! with { Epoch = 0 } }, "epoch"),
        ["A sign-in is not remembered"] = (h => h with { Found = h.Found! with { LastSignInAt = null } }, "last sign-in"),
        ["The old codes are back"] = (h => h with { Found = h.Found! with { BackupCodes = h.Before!.BackupCodes } }, "backup codes' making"),
        ["Some codes are old and some new"] = (h => WithHash(h, 3, h.Before!.BackupCodes!.HashAt(3)), "A new set has an old backup code in slot 3"),
        ["A code was spent that nobody used"] = (h => WithHash(h, 3, null), "spent backup codes"),
        ["A spent code is good again"] = (h => WithHash(h, 3, null) with { Found = h.Found, Before = WithHash(h, 3, null).Found }, "An old set has a new backup code in slot 3"),
        ["A code is missing"] = (h => h with { Found = h.Found! with { BackupCodes = h.Found.BackupCodes! with { Hashes = h.Found.BackupCodes.Hashes[1..] } } }, "There are 9 backup codes"),
    };

    private CrashDatabase? _database;
    private History? _history;

    private static IEnumerable<string> Forgeries => s_forgeries.Keys;

    private History Genuine => _history!;

    [OneTimeSetUp]
    public async Task LiveAsync()
    {
        _database = await CrashDatabase.CreateAsync(Engine.Sqlite);
        await using var node = new LocalNode(_database.SetUp());
        var person = new Person("alice");
        await EnrollAsync(person, node);
        var (before, _) = await _database.Open().LoadAsync(new UserId("alice"), CancellationToken.None);

        person.GoOn();
        var begun = await ExpectAsync("ChallengeRequired", person.BeginSignInAsync(node));
        await ExpectAsync("SignedIn", person.SignInAsync(node, begun.Values[0], Shown(person), trust: true));
        await ExpectAsync("Replayed", person.StepUpAsync(node, Shown(person)));
        await ExpectAsync("Wrong", person.StepUpAsync(node, new SubmittedCode.Guessed()));
        person.GoOn();
        await ExpectAsync("Proved", person.StepUpAsync(node, person.PaperCode()!));
        person.GoOn();
        var proof = await ExpectAsync("Proved", person.StepUpAsync(node, Shown(person)));
        person.GoOn();
        await ExpectAsync("Regenerated", person.RegenerateAsync(node, proof.Values[0]));
        await EnrollAsync(person, node, proof.Values[0]);
        person.GoOn();
        begun = await ExpectAsync("ChallengeRequired", person.BeginSignInAsync(node, person.Device));
        await ExpectAsync("SignedIn", person.SignInAsync(node, begun.Values[0], Shown(person), trust: true));
        var device = person.Device;
        person.GoOn();
        await ExpectAsync("Trusted", person.BeginSignInAsync(node, device));
        person.GoOn();
        for (var i = 0; i < 4; i++) await ExpectAsync("Wrong", person.StepUpAsync(node, new SubmittedCode.Guessed()));
        await ExpectAsync("LockedOut", person.StepUpAsync(node, new SubmittedCode.Guessed()));

        var (found, _) = await _database.Open().LoadAsync(new UserId("alice"), CancellationToken.None);
        _history = new History(person.Attempts, before, found, await _database.Open().EventsOfAsync(new UserId("alice")));
    }

    [OneTimeTearDown]
    public async Task RemoveAsync()
    {
        if (_database is not null) await _database.DisposeAsync();
    }

    [Test]
    public void A_history_that_happened_is_whole() => Assert.That(CrashChecker.Check(Genuine), Is.Empty);

    [Test]
    public void What_was_not_acknowledged_may_have_happened()
    {
        // Each in turn, and all at once.
        foreach (var unknown in Genuine.Attempts)
            Assert.That(CrashChecker.Check(Genuine with { Attempts = [.. Genuine.Attempts.Select(a => a == unknown ? Unknown(a) : a)] }), Is.Empty, unknown.ToString());
        Assert.That(CrashChecker.Check(Genuine with { Attempts = [.. Genuine.Attempts.Select(Unknown)] }), Is.Empty);
    }

    [Test]
    public void What_was_not_acknowledged_may_not_have_happened() =>
        Assert.That(CrashChecker.Check(Genuine with { Attempts = [.. Genuine.Attempts, .. Genuine.Attempts.Select(Unknown)] }), Is.Empty);

    [Test]
    public void A_user_of_whom_nothing_is_stored_is_whole() => Assert.That(CrashChecker.Check(new History([], null, null, [])), Is.Empty);

    [TestCaseSource(nameof(Forgeries))]
    public void A_forged_history_is_found(string name)
    {
        var (forge, complaint) = s_forgeries[name];
        Assert.That(CrashChecker.Check(forge(Genuine)), Has.Some.Contains(complaint));
    }

    private static SubmittedCode.OfApp Shown(Person person) => person.CodeOf(person.Enrollment!);

    private static async Task EnrollAsync(Person person, LocalNode node, params string[] proof)
    {
        var begun = await ExpectAsync("Started", person.BeginEnrollmentAsync(node, proof));
        person.GoOn();
        await ExpectAsync("Confirmed", person.ConfirmAsync(node, person.CodeOf(begun.Values[0])));
    }

    private static async Task<Answer> ExpectAsync(string kind, Task<Answer?> asking)
    {
        var answer = await asking;
        Assert.That(answer?.Kind, Is.EqualTo(kind));
        return answer!;
    }

    private static Attempt Unknown(Attempt attempt) => new(attempt.Order, attempt.Code);

    private static Attempt Again(History history, string kind)
    {
        var attempt = history.Attempts.First(a => a.Answer?.Kind == kind);
        return new Attempt(attempt.Order, attempt.Code) { Answer = attempt.Answer };
    }

    private static Attempt OfOtherStep(Attempt attempt) => attempt is { Answer.Kind: "SignedIn", Code: SubmittedCode.OfApp app }
        ? new Attempt(attempt.Order, app with { Step = app.Step + 1 }) { Answer = attempt.Answer }
        : attempt;

    private static History Without(History history, string name, bool last = false)
    {
        var those = history.Events.Select((e, i) => (e, i)).Where(pair => pair.e.Name == name);
        var index = (last ? those.Last() : those.First()).i;
        return Rechained(history, history.Events.RemoveAt(index));
    }

    private static History Twice(History history, string name)
    {
        var e = history.Events.Last(e => e.Name == name);
        return Rechained(history, history.Events.Insert(history.Events.IndexOf(e), e));
    }

    /// <summary>As whoever can compute hashes would hide a change.</summary>
    private static History Rechained(History history, ImmutableArray<AuditEvent> events)
    {
        var chain = ImmutableArray.CreateBuilder<AuditEvent>();
        var head = new AuditChainHead(0, [.. new byte[32]]);
        foreach (var e in events)
        {
            var next = e with { Sequence = head.Sequence + 1, PreviousHash = head.Hash, Hash = [] };
            next = next with { Hash = AuditChain.ComputeHash(next) };
            chain.Add(next);
            head = new AuditChainHead(next.Sequence, next.Hash);
        }

        return history with { Events = chain.ToImmutable(), Found = history.Found! with { AuditHead = head } };
    }

    private static History WithAttempts(History history, Func<AttemptLedger, AttemptLedger> change) =>
        history with { Found = history.Found! with { Attempts = change(history.Found.Attempts) } };

    private static History WithHash(History history, int slot, string? hash)
    {
        var codes = history.Found!.BackupCodes!;
        return history with { Found = history.Found with { BackupCodes = codes with { Hashes = codes.Hashes.SetItem(slot, hash) } } };
    }

    private static PendingEnrollment PendingOf(Account account) => new()
    {
        Id = account.Active!.Id,
        ProtectedSecret = account.Active.ProtectedSecret,
        Parameters = account.Active.Parameters,
        Issuer = account.Active.Issuer,
        AccountName = account.Active.AccountName,
        StartedAt = account.Active.ConfirmedAt,
        ExpiresAt = account.Active.ConfirmedAt,
        Epoch = account.Epoch,
    };
}
