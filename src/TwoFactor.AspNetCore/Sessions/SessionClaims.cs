using System.Security.Claims;
using TwoFactor.Accounts;

namespace TwoFactor.AspNetCore.Sessions;

/// <summary>The application's claims in a session.</summary>
internal static class SessionClaims
{
    /// <summary>The claims with the user's id. A claim in the place of the session is dropped: only this package makes one.</summary>
    /// <exception cref="ArgumentException">The claims name another user.</exception>
    public static List<Claim> Of(UserId user, IEnumerable<Claim> claims)
    {
        var kept = claims.Where(c => c.Type != TwoFactorSession.ClaimType).ToList();
        var ids = kept.Where(c => c.Type == ClaimTypes.NameIdentifier).ToList();
        if (ids.Exists(c => c.Value != user.Value))
            throw new ArgumentException("The claims name another user than the one whose first factor has passed.", nameof(claims));
        if (ids.Count == 0) kept.Insert(0, new Claim(ClaimTypes.NameIdentifier, user.Value));
        return kept;
    }
}
