using Microsoft.AspNetCore.Authorization;

// The namespace of IEndpointConventionBuilder, so that the calls are found without another using.
#pragma warning disable IDE0130
namespace Microsoft.AspNetCore.Builder;
#pragma warning restore IDE0130

/// <summary>Two-factor requirements of endpoints.</summary>
public static class TwoFactorEndpointExtensions
{
    /// <summary>Lets only sessions in whose second factor was passed, at whatever time.</summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="allowTrust">True when a trusted device may have stood in for the factor.</param>
    /// <param name="allowRecovery">True when the factor may have been a backup code.</param>
    public static TBuilder RequireTwoFactor<TBuilder>(this TBuilder builder, bool allowTrust = true, bool allowRecovery = true)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(new AuthorizationPolicyBuilder().RequireTwoFactor(allowTrust, allowRecovery).Build());

    /// <summary>Lets only sessions in whose second factor was passed a short while ago.</summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="maxAge">How old the proof may be: 10 seconds to 1 day.</param>
    /// <param name="allowTrust">True when a trusted device may have stood in for the factor.</param>
    /// <param name="allowRecovery">True when the factor may have been a backup code.</param>
    public static TBuilder RequireFreshTwoFactor<TBuilder>(this TBuilder builder, TimeSpan maxAge, bool allowTrust = false, bool allowRecovery = true)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(new AuthorizationPolicyBuilder().RequireFreshTwoFactor(maxAge, allowTrust, allowRecovery).Build());
}
