using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwoFactor.Sample.Web.Hosting;

namespace TwoFactor.Sample.Web.Pages.Dev;

/// <summary>Moves the sample's clock. Outside development there is no such page.</summary>
[AllowAnonymous]
public sealed class ClockModel(AdjustableClock clock, IHostEnvironment environment) : PageModel
{
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(3650);

    public DateTimeOffset Now => clock.GetUtcNow();

    public TimeSpan Offset => clock.Offset;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (!environment.IsDevelopment()) context.Result = NotFound();
    }

    public IActionResult OnPost(long seconds)
    {
        var wanted = clock.Offset.TotalSeconds + seconds;
        if (Math.Abs(wanted) > Furthest.TotalSeconds) return BadRequest();
        clock.Offset += TimeSpan.FromSeconds(seconds);
        return RedirectToPage();
    }

    public IActionResult OnPostReset()
    {
        clock.Offset = TimeSpan.Zero;
        return RedirectToPage();
    }
}
