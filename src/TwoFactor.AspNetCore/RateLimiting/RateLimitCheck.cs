using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace TwoFactor.AspNetCore.RateLimiting;

/// <summary>Whether limits are on, and whether the middleware that applies them has run: a limit that is configured and not in force would be worse than none.</summary>
internal sealed class RateLimitCheck
{
    private static readonly object s_key = new();

    public static bool IsOn(IServiceProvider services) => services.GetService<RateLimitCheck>() is not null;

    public static void Mark(HttpContext context) => context.Items[s_key] = true;

    /// <exception cref="InvalidOperationException">Limits were added, and the application does not use the rate limiter.</exception>
    public static void ThrowIfLeftOut(HttpContext context)
    {
        if (context.Items.ContainsKey(s_key) || !IsOn(context.RequestServices)) return;
        // Limits of the host's own, or none: its word counts.
        var metadata = context.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<DisableRateLimitingAttribute>() is not null) return;
        if (metadata?.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName is not (TwoFactorRateLimits.Costly or TwoFactorRateLimits.Ordinary)) return;
        throw new InvalidOperationException(
            "AddTwoFactorRateLimits was called, and the rate limiter does not run before the endpoints: call app.UseRateLimiter() after app.UseAuthentication().");
    }
}
