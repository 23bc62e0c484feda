using System.Collections.Immutable;
using System.Security.Claims;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.SignIn;
using TwoFactor.Enforcement;
using TwoFactor.SignIn;

namespace TwoFactor.AspNetCore.PendingSignIns;

/// <summary>Makes half-finished sign-ins of the core's answers. Pure.</summary>
internal static class PendingSignInFactory
{
    public static PendingSignIn For(PassedFirstFactor first, BeginSignInResult.ChallengeRequired challenge) =>
        Of(first, challenge.Challenge, challenge.ExpiresAt, challenge.Explanation) with
        {
            AttemptsLeft = challenge.AttemptsLeft,
            HasBackupCodes = challenge.HasBackupCodes,
            TrustOfferDays = challenge.TrustOfferDays,
        };

    public static PendingSignIn For(PassedFirstFactor first, BeginSignInResult.EnrollmentRequired required) =>
        Of(first, required.Challenge, required.ExpiresAt, required.Explanation) with { NeedsSetup = true, Deadline = required.Deadline };

    private static PendingSignIn Of(PassedFirstFactor first, ChallengeToken challenge, DateTimeOffset expires, EnforcementExplanation explanation) => new(challenge)
    {
        Method = first.Method,
        Client = first.Client,
        ExpiresAt = expires,
        RequiredBy = [.. explanation.Deciding.Select(rule => rule.OrganizationId).Distinct()],
        AccountName = first.AccountName ?? AccountNameOf(first.Claims, first.UserId),
        ReturnUrl = ReturnUrls.IsLocal(first.ReturnUrl) ? first.ReturnUrl : null,
        IsPersistent = first.IsPersistent,
        Claims = first.Claims,
    };

    /// <summary>What an authenticator app shows for a user of whom nothing better is said.</summary>
    public static string AccountNameOf(IEnumerable<Claim> claims, UserId user)
    {
        var list = claims.ToImmutableArray();
        return list.FirstOrDefault(c => c.Type == ClaimTypes.Email)?.Value ?? list.FirstOrDefault(c => c.Type == ClaimTypes.Name)?.Value ?? user.Value;
    }
}
