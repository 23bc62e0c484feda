using System.Collections.Immutable;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Enforcement;
using TwoFactor.Lockout;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Sample.Web.Services.Policies;
using TwoFactor.Sample.Web.Services.Texts;

namespace TwoFactor.Sample.Web.Pages.Admin;

/// <summary>What an organisation demands of whom, from when. It holds from the next sign-in and ends no session.</summary>
public sealed class SecurityModel(
    TenantDirectory tenants, UserDirectory users, PolicyAdministrationService policies, PolicyPreviewer previewer, GroupNames groups, TimeProvider time)
    : AdminPage(tenants)
{
    [BindProperty]
    public PolicyForm Form { get; set; } = new();

    /// <summary>What somebody else saved since, where it differs; empty when nobody did.</summary>
    public ImmutableArray<PolicyDifference> Differences { get; private set; } = [];

    /// <summary>Who uses a second factor and so stands in the way of exclusive single sign-on; at most a few are named.</summary>
    public ImmutableArray<(string Id, string Name)> FactorUsers { get; private set; } = [];

    public int MoreFactorUsers { get; private set; }

    /// <summary>What the settings of the form would do; null when that was not asked for.</summary>
    public PolicyPreview? Preview { get; private set; }

    /// <summary>The administrators for whose sake nothing was saved; empty when that is not the reason.</summary>
    public ImmutableArray<StoppedPerson> Stopped { get; private set; } = [];

    public bool IsReadOnly => Role != AdministratorRole.SystemAdministrator;

    public Notice? Notice { get; private set; }

    [TempData]
    public string? Saved { get; set; }

    public IEnumerable<SelectListItem> ModeOptions => Options<EnforcementMode>(
        PolicyWords.Of, EnforcementMode.Off, EnforcementMode.ReportOnly, EnforcementMode.Enforce);

    public IEnumerable<SelectListItem> SsoOptions => Options<SsoMode>(PolicyWords.Of, SsoMode.Off, SsoMode.ExemptSso, SsoMode.SsoExclusive);

    public IEnumerable<SelectListItem> AfterGraceOptions => Options<AfterGrace>(PolicyWords.Of, AfterGrace.RequireEnrollment, AfterGrace.Deny);

    public IEnumerable<SelectListItem> LockoutOptions =>
    [
        new(PolicyWords.Of((LockoutPolicy?)null), PolicyFormMapper.HostLockout),
        new(PolicyWords.Of(LockoutPolicy.RestartSignIn), nameof(LockoutPolicy.RestartSignIn)),
        new(PolicyWords.Of(LockoutPolicy.AdminUnlock), nameof(LockoutPolicy.AdminUnlock)),
        .. Form.Lockout == "Other" ? (SelectListItem[])[new("Custom", "Other")] : [],
    ];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await policies.ReadAsync(Me.UserId, OrganizationId, cancellationToken) is not ReadPolicyResult.Found found) return Forbidden();
        if (Saved is { } saved) Notice = new(NoticeKind.Success, saved, "It holds from each user\u2019s next sign-in. Nobody was signed out.");
        Form = PolicyFormMapper.ToForm(found.Policy, await groups.OfAsync(OrganizationId, cancellationToken));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var wanted = await ReadFormAsync(cancellationToken);
        // Who may not save at all is told so by the service, and recorded, whatever else is wrong.
        if (!ModelState.IsValid && !IsReadOnly) return Page();
        switch (await policies.SaveAsync(Me.UserId, wanted, cancellationToken))
        {
            case SavePolicyResult.Saved:
                Saved = "The security settings are saved.";
                return RedirectToPage(new { tenant = TenantId });
            case SavePolicyResult.Denied:
                return Forbidden();
            case SavePolicyResult.Conflict conflict:
                TellOfConflict(conflict.Current, wanted);
                break;
            case SavePolicyResult.Invalid invalid:
                Tell(invalid.Errors);
                break;
            case SavePolicyResult.MembersUseTwoFactor members:
                await NameAsync(members.Members, cancellationToken);
                break;
            case SavePolicyResult.NoAdministratorLeft left:
                Stopped = await previewer.NameAsync(left.Stopped, cancellationToken);
                ModelState.AddModelError(
                    "Form.AfterGrace",
                    "With these settings no administrator could sign in any more. Let users set up after the grace period, or see that one administrator can sign in.");
                break;
        }

        return Page();
    }

    /// <summary>Shows what the settings of the form would do, and saves nothing.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken cancellationToken)
    {
        var wanted = await ReadFormAsync(cancellationToken);
        if (!ModelState.IsValid && !IsReadOnly) return Page();
        switch (await previewer.PreviewAsync(Me.UserId, wanted, cancellationToken))
        {
            case PolicyPreviewResult.Shown shown:
                Preview = shown.Preview;
                return Page();
            case PolicyPreviewResult.Invalid invalid:
                Tell(invalid.Errors);
                return Page();
            default:
                return Forbidden();
        }
    }

    private async Task<OrganizationPolicy> ReadFormAsync(CancellationToken cancellationToken)
    {
        var current = await policies.ReadAsync(Me.UserId, OrganizationId, cancellationToken) is ReadPolicyResult.Found found
            ? found.Policy
            : OrganizationPolicy.NewFor(OrganizationId);
        var names = await groups.OfAsync(OrganizationId, cancellationToken);
        return PolicyFormMapper.ToPolicy(Form, current, names, time.GetUtcNow(), (field, message) => ModelState.AddModelError(field, message));
    }

    private void Tell(ImmutableArray<PolicyError> errors)
    {
        foreach (var error in errors) ModelState.AddModelError(PolicyFormMapper.FieldOf(Form, error.Field), error.Message);
    }

    private void TellOfConflict(OrganizationPolicy saved, OrganizationPolicy wanted)
    {
        Differences = PolicyWords.Compare(saved, wanted);
        Notice = new(
            NoticeKind.Warning,
            "Somebody else saved these settings meanwhile",
            $"Nothing of yours was saved. Compare below; saving again replaces version {saved.Version} with yours.");
        Form.Version = saved.Version;
        // What was posted must not win over the version that the form carries now.
        ModelState.Remove("Form.Version");
    }

    private async Task NameAsync(ImmutableArray<UserId> members, CancellationToken cancellationToken)
    {
        const int Named = 20;
        var who = $"{Durations.Counted(members.Length, "member")} still {(members.Length == 1 ? "uses" : "use")}";
        ModelState.AddModelError(
            "Form.Sso", $"{who} two-factor authentication. Unregister them first, or let single sign-on exempt its users instead.");
        var names = await users.NamesAsync(members.Take(Named).Select(id => id.Value), cancellationToken);
        FactorUsers =
        [
            .. members.Take(Named)
                .Select(id => (id.Value, Name: names.GetValueOrDefault(id.Value, id.Value)))
                .OrderBy(pair => pair.Name, StringComparer.Ordinal),
        ];
        MoreFactorUsers = members.Length - FactorUsers.Length;
    }

    private static IEnumerable<SelectListItem> Options<T>(Func<T, string> words, params T[] values) where T : struct, Enum =>
        values.Select(value => new SelectListItem(words(value), value.ToString()));
}
