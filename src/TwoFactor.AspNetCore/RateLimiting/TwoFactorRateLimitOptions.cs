namespace TwoFactor.AspNetCore.RateLimiting;

/// <summary>
/// How many requests of the API a user, or an address without a session, may make. It spares the server; how many codes may be guessed is the lockout
/// policy's affair.
/// </summary>
public sealed class TwoFactorRateLimitOptions
{
    /// <summary>Requests in a window at endpoints that take a code or make codes. 1 to 10,000; default 20.</summary>
    public int CostlyRequests { get; set; } = 20;

    /// <summary>Requests in a window at all others. 1 to 100,000; default 300.</summary>
    public int OrdinaryRequests { get; set; } = 300;

    /// <summary>The window. 1 second to 1 day; default 1 minute.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);
}
