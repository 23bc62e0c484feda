using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Enforcement;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Sample.Web.Services.Texts;

namespace TwoFactor.Sample.Web.Pages.Admin;

/// <summary>One user: where he stands and why, and what an administrator can do for him.</summary>
public sealed class UserModel(
    TenantDirectory tenants, UserListService users, AdministrationService administration, TimeProvider time)
    : AdminPage(tenants)
{
    [BindProperty(SupportsGet = true)]
    public string Id { get; set; } = "";

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public string? IdentityVerification { get; set; }

    [BindProperty]
    public string? Days { get; set; }

    public UserListItem Item { get; private set; } = null!;

    public EnforcementExplanation Explanation { get; private set; } = EnforcementExplanation.None;

    public DateTimeOffset Now => time.GetUtcNow();

    public bool IsSelf => Item.User.Id == Me.UserId;

    public bool MayUnlock => Role is AdministratorRole.SystemAdministrator or AdministratorRole.HelpDesk;

    public bool MayReset => Role is AdministratorRole.SystemAdministrator;

    /// <summary>The form that was posted, so that it stays open with its errors.</summary>
    public string? Open { get; private set; }

    public Notice? Notice { get; private set; }

    /// <summary>What was done by the request before.</summary>
    [TempData]
    public string? Done { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (Done is { } done) Notice = new(NoticeKind.Success, done);
        return await ShowAsync(cancellationToken);
    }

    public Task<IActionResult> OnPostUnlockAsync(CancellationToken cancellationToken) => ActAsync(
        "Unlock",
        "The account is unlocked.",
        user => administration.UnlockAsync(Me.UserId, user, Reason, OrganizationId, cancellationToken),
        cancellationToken);

    public Task<IActionResult> OnPostResetAsync(CancellationToken cancellationToken) => ActAsync(
        "Reset",
        "Two-factor authentication was reset. The user sets it up again at the next sign-in.",
        user => administration.ResetAsync(Me.UserId, user, Reason ?? "", IdentityVerification ?? "", OrganizationId, cancellationToken),
        cancellationToken);

    public Task<IActionResult> OnPostUnregisterAsync(CancellationToken cancellationToken) => ActAsync(
        "Unregister",
        "The authenticator was unregistered.",
        user => administration.UnregisterAsync(Me.UserId, user, Reason ?? "", OrganizationId, cancellationToken),
        cancellationToken);

    public Task<IActionResult> OnPostUntrustAsync(CancellationToken cancellationToken) => ActAsync(
        "Untrust",
        "No browser of this user is trusted any more.",
        user => administration.RevokeTrustedDevicesAsync(Me.UserId, user, Reason ?? "", OrganizationId, cancellationToken),
        cancellationToken);

    public Task<IActionResult> OnPostExtendAsync(CancellationToken cancellationToken) => ActAsync(
        "Extend",
        "The user has more time.",
        user => administration.ExtendGraceAsync(Me.UserId, user, OrganizationId, WholeDays(), Reason ?? "", cancellationToken),
        cancellationToken);

    public Task<IActionResult> OnPostExemptAsync(CancellationToken cancellationToken) => ActAsync(
        "Exempt",
        "The user is exempt for now.",
        user => administration.ExemptAsync(Me.UserId, user, OrganizationId, Now + WholeDays(), Reason ?? "", cancellationToken),
        cancellationToken);

    private async Task<IActionResult> ActAsync(
        string form, string done, Func<UserId, ValueTask<AdministrationResult>> act, CancellationToken cancellationToken)
    {
        Open = form;
        if (UserIdText.Read(Id) is not { } user) return NotFound();
        switch (await act(user))
        {
            case AdministrationResult.Done:
                Done = done;
                return RedirectToPage(new { tenant = TenantId, id = Id });
            case AdministrationResult.Denied denied:
                Notice = DenialText.Of(denied.Reason);
                Response.StatusCode = StatusCodes.Status403Forbidden;
                break;
            case AdministrationResult.Invalid invalid:
                ModelState.AddModelError(FieldOf(invalid.Field), TextOf(invalid.Field));
                break;
            case AdministrationResult.NotEnrolled:
                Notice = new(NoticeKind.Info, "There is nothing to unregister", "This user has no authenticator.");
                break;
            case AdministrationResult.NeedsReset:
                Notice = new(NoticeKind.Warning, "Unlocking does not help here", "There were so many wrong codes that only a reset ends the lock.");
                break;
            default:
                Notice = new(NoticeKind.Error, "We are busy just now. Try again in a moment.");
                break;
        }

        return await ShowAsync(cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        if (UserIdText.Read(Id) is not { } user) return NotFound();
        switch (await users.GetAsync(Me.UserId, OrganizationId, user, cancellationToken))
        {
            case UserDetailsResult.Found found:
                (Item, Explanation) = (found.User, found.Explanation);
                return Page();
            case UserDetailsResult.Denied { Reason: DenialReason.OtherOrganization }:
            case UserDetailsResult.NotFound:
                return NotFound();
            default:
                return Forbidden();
        }
    }

    // What is no number of days is out of range, and the service says which field it is.
    private TimeSpan WholeDays() =>
        int.TryParse(Days, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 365
            ? TimeSpan.FromDays(days)
            : TimeSpan.FromDays(366);

    private static string FieldOf(string field) => field switch
    {
        "identityVerification" => nameof(IdentityVerification),
        "extra" or "until" => nameof(Days),
        _ => nameof(Reason),
    };

    private static string TextOf(string field) => field switch
    {
        "identityVerification" => "Say how you verified who it is, in up to 1,000 characters.",
        "extra" or "until" => "Enter 1 to 365 days.",
        _ => "Give a reason, in up to 1,000 characters.",
    };
}
