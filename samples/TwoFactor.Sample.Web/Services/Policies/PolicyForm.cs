using TwoFactor.Accounts;

namespace TwoFactor.Sample.Web.Services.Policies;

/// <summary>The security settings as a form posts them: text, so that what was typed comes back with its error.</summary>
public sealed class PolicyForm
{
    /// <summary>The version that the form shows, and that a save changes.</summary>
    public long Version { get; set; }

    /// <summary>All users, external collaborators, and each group.</summary>
    public List<PhaseForm> Phases { get; set; } = [];

    public string? AfterGrace { get; set; }

    public string? Sso { get; set; }

    public string? Lockout { get; set; }

    /// <summary>7 to 90; empty for not at all.</summary>
    public string? TrustedDeviceDays { get; set; }

    public List<ClientKind> Clients { get; set; } = [];
}

/// <summary>One rule of the form.</summary>
public sealed class PhaseForm
{
    public string? RuleId { get; set; }

    /// <summary>Off, ReportOnly or Enforce.</summary>
    public string? Mode { get; set; }

    /// <summary>In UTC, to the minute; empty for the moment of saving.</summary>
    public string? Start { get; set; }

    public string? GraceDays { get; set; }
}
