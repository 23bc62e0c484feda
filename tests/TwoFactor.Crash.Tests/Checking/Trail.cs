using System.Globalization;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Crash.Tests.Recording;
using TwoFactor.Otp;

namespace TwoFactor.Crash.Tests.Checking;

/// <summary>
/// What the audit events of one user say, read without the library's own rules: what was done, and the state that follows from it.
/// </summary>
internal sealed class Trail
{
    private readonly List<Deed> _deeds = [];
    private readonly List<string> _accepted = [];
    private readonly HashSet<int> _spent = [];
    private readonly Dictionary<string, Device> _devices = [];
    private List<DateTimeOffset> _failures = [];

    public IReadOnlyList<Deed> Deeds => _deeds;

    /// <summary>Every code that was accepted, as often as it was.</summary>
    public IReadOnlyList<string> Accepted => _accepted;

    /// <summary>Ends of all locks there ever were.</summary>
    public HashSet<string> Locks { get; } = [];

    public long Epoch { get; private set; }

    public string? Active { get; private set; }

    public string? Pending { get; private set; }

    public long? LastStep { get; private set; }

    /// <summary>When the present backup codes were made.</summary>
    public DateTimeOffset? Set { get; private set; }

    public IReadOnlySet<int> SpentSlots => _spent;

    /// <summary>The devices that are trusted.</summary>
    public IEnumerable<string> Devices => _devices.Keys;

    public int RoundFailures { get; private set; }

    /// <summary>The most wrong codes that there ever were between two locks.</summary>
    public int MostFailures { get; private set; }

    public int ConsecutiveFailures { get; private set; }

    public int RememberedFailures => _failures.Count;

    public string? LockedUntil { get; private set; }

    public DateTimeOffset? LastSignIn { get; private set; }

    public static Trail Of(IEnumerable<AuditEvent> events)
    {
        var trail = new Trail();
        foreach (var e in events) trail.Follow(e);
        return trail;
    }

    public static string What(SubmittedCode? code) => code switch
    {
        SubmittedCode.OfApp app => $"{app.Enrollment} step {app.Step}",
        SubmittedCode.OfPaper paper => $"{paper.Set:O} slot {paper.Slot}",
        SubmittedCode.OfDevice device => $"device {device.Device} after {device.Uses} uses",
        _ => "a guess",
    };

    private void Follow(AuditEvent e)
    {
        var what = "";
        switch (e.Name)
        {
            case AuditNames.SetupStarted:
                what = Pending = e.Details["enrollment_id"];
                break;
            case AuditNames.SetupSucceeded:
                Confirm(e);
                what = Accept(e);
                break;
            case AuditNames.SignInSucceeded:
                LastSignIn = e.OccurredAt;
                if (e.MfaFactorType is not null) what = Accept(e);
                else if (e.Details.TryGetValue("trusted_device", out var device)) what = AcceptDevice(device, e.OccurredAt);
                break;
            case AuditNames.DeviceTrusted:
                what = e.Details["trusted_device"];
                Trust(what, e);
                break;
            case AuditNames.TrustedDevicesRevoked:
                what = e.Details["trusted_devices"];
                foreach (var revoked in what.Split(' ')) _devices.Remove(revoked);
                break;
            case AuditNames.StepUpSucceeded:
                what = Accept(e);
                break;
            case AuditNames.CodeRejected:
                (RoundFailures, ConsecutiveFailures) = (RoundFailures + 1, ConsecutiveFailures + 1);
                MostFailures = Math.Max(MostFailures, RoundFailures);
                _failures = [.. _failures.Where(at => at > e.OccurredAt - AttemptLedger.Retention).Append(e.OccurredAt).TakeLast(AttemptLedger.MaxRemembered)];
                break;
            case AuditNames.CodesLocked:
                what = LockedUntil = e.Details.GetValueOrDefault("until", "");
                RoundFailures = 0;
                Locks.Add(what);
                break;
            case AuditNames.BackupCodesRegenerated:
                Set = e.OccurredAt;
                _spent.Clear();
                break;
            case AuditNames.Unregistered:
                (Active, Pending, LastStep, Set, Epoch) = (null, null, null, null, Epoch + 1);
                _spent.Clear();
                _devices.Clear();
                break;
        }

        _deeds.Add(new Deed(e.Name, e.OccurredAt, what));
    }

    private void Confirm(AuditEvent e)
    {
        if (e.Details["replaces"] == "true") Epoch++;
        (Active, Pending, LastStep, Set) = (e.Details["enrollment_id"], null, null, e.OccurredAt);
        _spent.Clear();
        _devices.Clear();
    }

    private void Trust(string id, AuditEvent e)
    {
        // What is past makes room, then what was used longest ago.
        foreach (var (past, _) in _devices.Where(device => device.Value.Until <= e.OccurredAt).ToArray()) _devices.Remove(past);
        if (_devices.Count == Account.MaxTrustedDevices) _devices.Remove(_devices.MinBy(device => device.Value.LastUsed).Key);
        _devices[id] = new Device(0, e.OccurredAt, DateTimeOffset.Parse(e.Details["until"], CultureInfo.InvariantCulture));
    }

    // Of a device that is not trusted nothing that anybody submitted can be meant.
    private string AcceptDevice(string id, DateTimeOffset at)
    {
        if (!_devices.TryGetValue(id, out var device)) return $"device {id}, which was not trusted";
        _devices[id] = device with { Uses = device.Uses + 1, LastUsed = at };
        var what = What(new SubmittedCode.OfDevice(id, device.Uses));
        _accepted.Add(what);
        return what;
    }

    private string Accept(AuditEvent e)
    {
        (RoundFailures, ConsecutiveFailures, LockedUntil) = (0, 0, null);
        SubmittedCode code;
        if (e.Details.TryGetValue("slot", out var slot))
        {
            _spent.Add(int.Parse(slot, CultureInfo.InvariantCulture));
            // A backup code spends what the window would still accept.
            LastStep = Math.Max(LastStep ?? 0, Totp.StepAt(e.OccurredAt, TotpParameters.Default) + 1);
            code = new SubmittedCode.OfPaper(Set ?? default, int.Parse(slot, CultureInfo.InvariantCulture));
        }
        else
        {
            var step = long.Parse(e.Details["step"], CultureInfo.InvariantCulture);
            LastStep = Math.Max(LastStep ?? 0, step);
            code = new SubmittedCode.OfApp(Active ?? "", step);
        }

        _accepted.Add(What(code));
        return What(code);
    }

    private sealed record Device(int Uses, DateTimeOffset LastUsed, DateTimeOffset Until);
}
