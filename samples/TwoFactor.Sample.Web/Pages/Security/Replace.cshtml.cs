using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using TwoFactor.AspNetCore.Authorization;
using TwoFactor.AspNetCore.Setup;

namespace TwoFactor.Sample.Web.Pages.Security;

/// <summary>Puts another authenticator in the place of the present one. The epoch moves on: this session goes along, all others end.</summary>
[RequireFreshTwoFactor]
public sealed class ReplaceModel(WebSetup setup, IOptions<TwoFactorOptions> options) : AuthenticatorPage(options)
{
    public override bool Replaces => true;

    public override string CancelUrl => "/security";

    public override string DoneUrl => "/security";

    public override string? AccountEmail => null;

    public IActionResult OnGet() => Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) =>
        Show(await setup.BeginAsync(HttpContext, cancellationToken: cancellationToken), () => RedirectToPage());

    public async Task<IActionResult> OnPostConfirmAsync(CancellationToken cancellationToken) =>
        Show(await setup.ConfirmAsync(HttpContext, Ticket, Code, cancellationToken: cancellationToken));
}
