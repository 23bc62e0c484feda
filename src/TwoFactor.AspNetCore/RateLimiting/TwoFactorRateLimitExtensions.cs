using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TwoFactor;
using TwoFactor.AspNetCore.RateLimiting;

// The namespace of IServiceCollection, so that the call is found without another using.
#pragma warning disable IDE0130
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Limits the requests of the JSON API.</summary>
public static class TwoFactorRateLimitExtensions
{
    /// <summary>
    /// Limits how often a user, or an address without a session, calls the endpoints of <c>MapTwoFactor</c>, by the framework's rate limiter: call
    /// <c>app.UseRateLimiter()</c> after <c>app.UseAuthentication()</c>, and behind a proxy <c>app.UseForwardedHeaders()</c> first, or all users share an
    /// address. Calls beyond are answered with 429, the code <c>rate_limited</c> and <c>Retry-After</c>. The limits are of one process.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">The limits.</param>
    public static TwoFactorBuilder AddTwoFactorRateLimits(this TwoFactorBuilder builder, Action<TwoFactorRateLimitOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var options = services.AddOptions<TwoFactorRateLimitOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        if (services.Any(service => service.ServiceType == typeof(RateLimitCheck))) return builder;
        services.AddSingleton<RateLimitCheck>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TwoFactorRateLimitOptions>, TwoFactorRateLimitOptionsValidator>());
        services.AddRateLimiter(limiter => limiter
            .AddPolicy<string, CostlyRateLimitPolicy>(TwoFactorRateLimits.Costly)
            .AddPolicy<string, OrdinaryRateLimitPolicy>(TwoFactorRateLimits.Ordinary));
        return builder;
    }
}
