using Microsoft.Extensions.Diagnostics.HealthChecks;
using TwoFactor.AspNetCore.Health;

// The namespace of IHealthChecksBuilder, so that the call is found without another using.
#pragma warning disable IDE0130
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>A health check for two-factor authentication.</summary>
public static class TwoFactorHealthChecksExtensions
{
    /// <summary>Checks that accounts can be loaded and seeds sealed and opened. Its answers hold no secret and no message of a fault.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name of the check; default <c>two-factor</c>.</param>
    /// <param name="failureStatus">What a failure means; null (the default) for unhealthy.</param>
    /// <param name="tags">Tags to select it by.</param>
    /// <param name="timeout">How long it may take; null (the default) for no limit.</param>
    public static IHealthChecksBuilder AddTwoFactor(
        this IHealthChecksBuilder builder, string name = "two-factor", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<TwoFactorHealthCheck>(name, failureStatus, tags ?? [], timeout);
    }
}
