using Microsoft.AspNetCore.Authorization;

namespace TwoFactor.AspNetCore.Authorization;

/// <summary>
/// Lets in only who passed a second factor to sign in, or on a trusted device, or since. For Razor pages, controllers and endpoints.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true, Inherited = true)]
public sealed class RequireTwoFactorAttribute : AuthorizeAttribute, IAuthorizationRequirementData
{
    /// <summary>True (the default) when a trusted device may have stood in for the factor.</summary>
    public bool AllowTrust { get; set; } = true;

    /// <summary>True (the default) when the factor may have been a backup code.</summary>
    public bool AllowRecovery { get; set; } = true;

    /// <inheritdoc/>
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new TwoFactorRequirement(null, AllowTrust, AllowRecovery)];
}

/// <summary>Lets in only who passed a second factor a short while ago. For Razor pages, controllers and endpoints.</summary>
/// <param name="maxAgeSeconds">How old the proof may be, in seconds: 10 to 86,400.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true, Inherited = true)]
public sealed class RequireFreshTwoFactorAttribute(int maxAgeSeconds = 600) : AuthorizeAttribute, IAuthorizationRequirementData
{
    /// <summary>How old the proof may be, in seconds.</summary>
    public int MaxAgeSeconds { get; } = maxAgeSeconds;

    /// <summary>True when a trusted device may have stood in for the factor. Default false.</summary>
    public bool AllowTrust { get; set; }

    /// <summary>True (the default) when the factor may have been a backup code.</summary>
    public bool AllowRecovery { get; set; } = true;

    /// <inheritdoc/>
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new TwoFactorRequirement(TimeSpan.FromSeconds(MaxAgeSeconds), AllowTrust, AllowRecovery)];
}
