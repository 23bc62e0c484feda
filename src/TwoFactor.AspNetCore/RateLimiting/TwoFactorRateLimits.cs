namespace TwoFactor.AspNetCore.RateLimiting;

/// <summary>The names of the policies that <c>AddTwoFactorRateLimits</c> registers with the framework's rate limiter.</summary>
public static class TwoFactorRateLimits
{
    /// <summary>Of endpoints that take a code or make codes.</summary>
    public const string Costly = "TwoFactor.Costly";

    /// <summary>Of all others.</summary>
    public const string Ordinary = "TwoFactor.Ordinary";
}
