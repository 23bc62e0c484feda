using System.Security.Claims;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Sessions;

namespace TwoFactor.Sample.Web.Services.Sessions;

/// <summary>Who is signed in: the host's own claims, and the session as the library keeps it.</summary>
public sealed record SignedInUser(string Name, string Email, TwoFactorSession Session)
{
    public UserId UserId => Session.UserId;

    /// <summary>What the host puts into a session; the library carries it through a half-finished sign-in as well.</summary>
    public static Claim[] ClaimsOf(Data.User user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return [new(ClaimTypes.Name, user.Name), new(ClaimTypes.Email, user.Email)];
    }

    /// <summary>Null for a principal that is not a whole session.</summary>
    public static SignedInUser? Read(ClaimsPrincipal principal) =>
        TwoFactorSession.Read(principal) is { } session
        && principal.FindFirstValue(ClaimTypes.Name) is { } name
        && principal.FindFirstValue(ClaimTypes.Email) is { } email
            ? new SignedInUser(name, email, session)
            : null;
}
