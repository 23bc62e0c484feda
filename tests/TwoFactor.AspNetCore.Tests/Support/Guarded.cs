using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TwoFactor.AspNetCore.Authorization;

namespace TwoFactor.AspNetCore.Tests.Support;

/// <summary>Endpoints behind each two-factor requirement.</summary>
internal static class Guarded
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    public static void Map(WebApplication app)
    {
        app.MapGet("/second-factor", Open).RequireTwoFactor();
        app.MapGet("/second-factor/no-trust", Open).RequireTwoFactor(allowTrust: false);
        app.MapGet("/second-factor/no-recovery", Open).RequireTwoFactor(allowRecovery: false);
        app.MapGet("/fresh", Open).RequireFreshTwoFactor(MaxAge);
        app.MapGet("/fresh/trust", Open).RequireFreshTwoFactor(MaxAge, allowTrust: true);
        app.MapGet("/fresh/no-recovery", Open).RequireFreshTwoFactor(MaxAge, allowRecovery: false);
        app.MapGet("/attribute", [RequireFreshTwoFactor(300)] () => Open());
        app.MapGet("/attribute/any-age", [RequireTwoFactor] () => Open());
        app.MapGet("/role", Open).RequireTwoFactor().RequireAuthorization(policy => policy.RequireRole("owner"));
    }

    private static IResult Open() => Results.Json(new { kind = "Open" });
}
