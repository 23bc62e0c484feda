using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using TwoFactor.Accounts;
using TwoFactor.BackupCodes;
using TwoFactor.Crash.Tests.Processes;
using TwoFactor.Otp;
using TwoFactor.TrustedDevices;

namespace TwoFactor.Crash.Tests.Recording;

/// <summary>A user with a phone, a paper with backup codes and a clock of his own, who records whatever he tries.</summary>
internal sealed class Person(string name)
{
    private static long s_orders;

    private readonly List<Attempt> _attempts = [];
    private readonly Dictionary<DateTimeOffset, ImmutableArray<string>> _papers = [];
    private readonly Dictionary<SubmittedCode.OfDevice, string> _tokens = [];
    private string? _active;
    private DateTimeOffset? _set;

    public string Name => name;

    public IReadOnlyCollection<Attempt> Attempts => _attempts;

    /// <summary>The account as the last check found it.</summary>
    public Account? Before { get; private set; }

    public Phone Phone { get; } = new();

    public DateTimeOffset Now { get; private set; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public string? Enrollment => _active;

    /// <summary>The newest token of a trusted device that the browser was given; it may be dead.</summary>
    public SubmittedCode.OfDevice? Device { get; private set; }

    private long Step => Totp.StepAt(Now, TotpParameters.Default);

    /// <summary>After a restart: what the user has is what the database says.</summary>
    public void Resume(Account? found)
    {
        Before = found;
        (_active, _set) = (found?.Active?.Id.ToString(), found?.BackupCodes?.GeneratedAt);
    }

    /// <summary>The codes of the present set, when they were acknowledged.</summary>
    public ImmutableArray<string> Paper => _set is { } set && _papers.TryGetValue(set, out var codes) ? codes : [];

    /// <summary>Goes on by at least two steps, so that no code of before is good any more, to a step whose code is its alone.</summary>
    public void GoOn()
    {
        do Now += TimeSpan.FromSeconds(RandomNumberGenerator.GetInt32(70, 130));
        while (_active is { } active && Phone.Has(active) && !Phone.IsDistinct(active, Step));
    }

    public async Task<Answer?> BeginSignInAsync(INode node, SubmittedCode.OfDevice? device = null)
    {
        var answer = await AskAsync(node, Verb.BeginSignIn, device, device is null ? [] : [_tokens[device]]);
        if (answer is { Kind: "Trusted", Values: [var token] }) Device = Keep(token, device!.Uses + 1);
        return answer;
    }

    public async Task<Answer?> SignInAsync(INode node, string challenge, SubmittedCode code, bool trust = false)
    {
        string[] more = trust ? ["Browser"] : [];
        var answer = await AskAsync(node, Verb.Verify, code, [challenge, FactorOf(code), Text(code), .. more]);
        if (answer is { Kind: "SignedIn", Values: [_, var token] }) Device = Keep(token, 0);
        return answer;
    }

    public Task<Answer?> StepUpAsync(INode node, SubmittedCode code) => AskAsync(node, Verb.StepUp, code, FactorOf(code), Text(code));

    public async Task<Answer?> BeginEnrollmentAsync(INode node, params string[] proof)
    {
        var answer = await AskAsync(node, Verb.BeginEnrollment, null, proof);
        if (answer is { Kind: "Started", Values: [var id, var key] }) Phone.Add(id, key);
        return answer;
    }

    public async Task<Answer?> ConfirmAsync(INode node, SubmittedCode.OfApp code)
    {
        var at = Now;
        var answer = await AskAsync(node, Verb.Confirm, code, code.Enrollment, Text(code));
        if (answer?.Kind == "Confirmed") (_active, _set, _papers[at]) = (code.Enrollment, at, answer.Values[1..]);
        return answer;
    }

    public async Task<Answer?> RegenerateAsync(INode node, string proof)
    {
        var at = Now;
        var answer = await AskAsync(node, Verb.Regenerate, null, proof);
        if (answer?.Kind == "Regenerated") (_set, _papers[at]) = (at, answer.Values);
        return answer;
    }

    public async Task<Answer?> UnregisterAsync(INode node, string proof)
    {
        var answer = await AskAsync(node, Verb.Unregister, null, proof);
        if (answer?.Kind == "Removed") (_active, _set) = (null, null);
        return answer;
    }

    /// <summary>The code that the phone shows now.</summary>
    public SubmittedCode.OfApp CodeOf(string enrollment) => new(enrollment, Step);

    /// <summary>A code of the paper, used or not; null without one.</summary>
    public SubmittedCode.OfPaper? PaperCode() => Paper is { Length: > 0 } paper ? new SubmittedCode.OfPaper(_set!.Value, SlotOf(paper[RandomNumberGenerator.GetInt32(paper.Length)])) : null;

    /// <summary>Whether a code that was submitted could be accepted now, if it was not yet.</summary>
    public bool IsStillGood(SubmittedCode? code) => code switch
    {
        SubmittedCode.OfApp app => app.Enrollment == _active && app.Step >= Step - 1 && app.Step <= Step + 1,
        SubmittedCode.OfPaper paper => paper.Set == _set && !Paper.IsEmpty,
        _ => false,
    };

    /// <summary>Waits until a lock is over; false when it does not end by itself.</summary>
    public bool SitOut(Answer locked)
    {
        if (locked.Values is not [var until]) return false;
        Now = DateTimeOffset.Parse(until, CultureInfo.InvariantCulture) + TimeSpan.FromSeconds(1);
        return true;
    }

    private async Task<Answer?> AskAsync(INode node, Verb verb, SubmittedCode? code, params string[] arguments)
    {
        var attempt = new Attempt(new Order(Interlocked.Increment(ref s_orders), verb, name, Now, [.. arguments]), code);
        lock (_attempts) _attempts.Add(attempt);
        var answer = await node.AskAsync(attempt.Order);
        // A database that failed leaves as much unknown as a process that died.
        return attempt.Answer = answer is { Kind: Answer.Fault } ? null : answer;
    }

    private SubmittedCode.OfDevice Keep(string token, int uses)
    {
        if (!TrustedDeviceToken.TryParse(token, out var read)) throw new InvalidOperationException("The token of a device cannot be read.");
        var device = new SubmittedCode.OfDevice(read.DeviceId.ToString(), uses);
        _tokens[device] = token;
        return device;
    }

    private string Text(SubmittedCode code) => code switch
    {
        SubmittedCode.OfApp app => Phone.CodeAt(app.Enrollment, app.Step),
        SubmittedCode.OfPaper paper => _papers[paper.Set].First(text => SlotOf(text) == paper.Slot),
        _ => Phone.WrongCodeAt(_active!, Step),
    };

    private static string FactorOf(SubmittedCode code) => (code is SubmittedCode.OfPaper ? MfaFactorType.BackupCode : MfaFactorType.Totp).ToString();

    private static int SlotOf(string code)
    {
        var canonical = new char[BackupCodeFormat.SymbolCount];
        return BackupCodeFormat.TryParse(code, canonical, out var slot, out _) ? slot : throw new InvalidOperationException("A backup code cannot be read.");
    }
}
