using System.Collections.Immutable;
using Microsoft.AspNetCore.Mvc;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.SignIn;
using TwoFactor.Sample.Web.Services.Texts;
using TwoFactor.TrustedDevices;

namespace TwoFactor.Sample.Web.Pages.Security;

/// <summary>
/// The browsers in which no code is asked for. To trust one no longer only makes sign-ins harder, so no fresh proof is asked for: who has lost a
/// laptop can act at once.
/// </summary>
public sealed class DevicesModel(TrustedDeviceService devices, WebSignIn signIn) : SessionPageModel
{
    public ImmutableArray<TrustedDeviceInfo> Devices { get; private set; } = [];

    /// <summary>The one that shows this page, if it is in the list.</summary>
    public TrustedDeviceId? Here { get; private set; }

    public Notice? Notice { get; private set; }

    /// <summary>What was done by the request before.</summary>
    [TempData]
    public string? Done { get; set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        if (Done is { } done) Notice = new(NoticeKind.Success, done);
        await LoadAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(string? id, CancellationToken cancellationToken) =>
        await AnswerAsync(
            TrustedDeviceId.TryParse(id, out var device)
                ? await devices.RevokeAsync(Me.UserId, device, cancellationToken)
                : new RevokeTrustedDeviceResult.NotFound(),
            cancellationToken);

    public async Task<IActionResult> OnPostAllAsync(CancellationToken cancellationToken) =>
        await AnswerAsync(await devices.RevokeAllAsync(Me.UserId, cancellationToken), cancellationToken);

    private async Task<IActionResult> AnswerAsync(RevokeTrustedDeviceResult result, CancellationToken cancellationToken)
    {
        switch (result)
        {
            case RevokeTrustedDeviceResult.Revoked revoked:
                Done = revoked.Count == 1 ? "The browser is no longer trusted." : $"{Durations.Counted(revoked.Count, "browser")} are no longer trusted.";
                return RedirectToPage();
            case RevokeTrustedDeviceResult.NotFound:
                Notice = new(NoticeKind.Info, "There was nothing to remove", "That browser is not trusted any more.");
                break;
            default:
                Notice = new(NoticeKind.Error, "We are busy just now. Try again in a moment.");
                break;
        }

        await LoadAsync(cancellationToken);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Devices = await devices.ListAsync(Me.UserId, cancellationToken);
        Here = signIn.ReadTrustedDevice(HttpContext, Me.UserId);
    }
}
