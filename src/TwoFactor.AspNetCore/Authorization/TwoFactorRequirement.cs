using Microsoft.AspNetCore.Authorization;

namespace TwoFactor.AspNetCore.Authorization;

/// <summary>
/// Asks that the session's second factor was passed with the authenticator that the account has now, and, with <see cref="MaxAge"/>, that it was not
/// long ago. It looks at the account at every check: a proof of an earlier epoch or authenticator satisfies nothing.
/// </summary>
public sealed class TwoFactorRequirement : IAuthorizationRequirement
{
    /// <summary>The longest age that can be asked for.</summary>
    public static readonly TimeSpan GreatestMaxAge = TimeSpan.FromDays(1);

    /// <summary>Makes a requirement.</summary>
    /// <param name="maxAge">How old the proof may be: 10 seconds to 1 day, or null for any age.</param>
    /// <param name="allowTrust">True when a trusted device may have stood in for the factor; its proof is as old as the factor that was passed on it.</param>
    /// <param name="allowRecovery">True when the factor may have been a backup code.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxAge"/> is out of range.</exception>
    public TwoFactorRequirement(TimeSpan? maxAge, bool allowTrust, bool allowRecovery)
    {
        if (maxAge is { } age && (age < TimeSpan.FromSeconds(10) || age > GreatestMaxAge))
            throw new ArgumentOutOfRangeException(nameof(maxAge), maxAge, "A fresh proof may be 10 seconds to 1 day old.");
        (MaxAge, AllowTrust, AllowRecovery) = (maxAge, allowTrust, allowRecovery);
    }

    /// <summary>How old the proof may be; null for any age.</summary>
    public TimeSpan? MaxAge { get; }

    /// <summary>True when a trusted device may have stood in for the factor.</summary>
    public bool AllowTrust { get; }

    /// <summary>True when the factor may have been a backup code.</summary>
    public bool AllowRecovery { get; }

    /// <summary>What is asked for.</summary>
    public override string ToString() => FormattableString.Invariant($"Two-factor (max age {MaxAge?.ToString("c") ?? "any"}, trust {AllowTrust}, recovery {AllowRecovery})");
}
