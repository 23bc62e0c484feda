using TwoFactor.AspNetCore.Authorization;

// The namespace of AuthorizationPolicyBuilder, so that the calls are found without another using.
#pragma warning disable IDE0130
namespace Microsoft.AspNetCore.Authorization;
#pragma warning restore IDE0130

/// <summary>Two-factor requirements in policies.</summary>
public static class TwoFactorPolicyExtensions
{
    /// <summary>Asks for a session whose second factor was passed, at whatever time.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="allowTrust">True when a trusted device may have stood in for the factor.</param>
    /// <param name="allowRecovery">True when the factor may have been a backup code.</param>
    public static AuthorizationPolicyBuilder RequireTwoFactor(this AuthorizationPolicyBuilder policy, bool allowTrust = true, bool allowRecovery = true)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy.RequireAuthenticatedUser().AddRequirements(new TwoFactorRequirement(null, allowTrust, allowRecovery));
    }

    /// <summary>Asks for a session whose second factor was passed a short while ago.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="maxAge">How old the proof may be: 10 seconds to 1 day.</param>
    /// <param name="allowTrust">True when a trusted device may have stood in for the factor.</param>
    /// <param name="allowRecovery">True when the factor may have been a backup code.</param>
    public static AuthorizationPolicyBuilder RequireFreshTwoFactor(
        this AuthorizationPolicyBuilder policy, TimeSpan maxAge, bool allowTrust = false, bool allowRecovery = true)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy.RequireAuthenticatedUser().AddRequirements(new TwoFactorRequirement(maxAge, allowTrust, allowRecovery));
    }
}
