using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;

namespace TwoFactor.Status;

/// <summary>Where a user stands with an organisation. Pure.</summary>
public static class UserStatusDecider
{
    /// <summary>Decides.</summary>
    /// <param name="account">The account.</param>
    /// <param name="memberships">The user's memberships with the policies: of one organisation for its list, of all for the strictest view.</param>
    /// <param name="canVerify">False when the key of the authenticator is missing.</param>
    /// <param name="now">The time of the operation.</param>
    public static UserStatus Decide(Account account, ImmutableArray<MemberPolicy> memberships, bool canVerify, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (account.Attempts.LockAt(now) is { } l) return new UserStatus(UserStatusKind.Locked, l.Until, l);
        if (account.Active is not null) return new UserStatus(canVerify ? UserStatusKind.Enrolled : UserStatusKind.Unverifiable);
        if (Exemption(account, memberships, now) is { } until) return new UserStatus(UserStatusKind.Exempt, until);
        if (!memberships.IsEmpty && memberships.All(m => m.Policy.Sso != SsoMode.Off && m.Membership.IdentityProvider is not null))
            return new UserStatus(UserStatusKind.SsoOnly);
        var request = new EnforcementRequest { Method = SignInMethod.Password, Client = ClientKind.Browser };
        return EnforcementDecider.Decide(account, memberships, request, now).Outcome switch
        {
            EnforcementOutcome.AllowUntil grace => new UserStatus(UserStatusKind.InGrace, grace.Deadline),
            EnforcementOutcome.RequireEnrollment must => new UserStatus(UserStatusKind.Overdue, must.Deadline),
            EnforcementOutcome.EnrollElsewhere must => new UserStatus(UserStatusKind.Overdue, must.Deadline),
            EnforcementOutcome.Deny denied => new UserStatus(UserStatusKind.Overdue, denied.Deadline),
            _ => new UserStatus(UserListCursor.CoarseStatusOf(account, now) == CoarseStatus.Pending ? UserStatusKind.Pending : UserStatusKind.NotEnrolled),
        };
    }

    /// <summary>The end of the exemption; null unless every organisation exempts the user.</summary>
    private static DateTimeOffset? Exemption(Account account, ImmutableArray<MemberPolicy> memberships, DateTimeOffset now)
    {
        DateTimeOffset? first = null;
        foreach (var member in memberships)
        {
            var exemption = account.Exemptions.FirstOrDefault(e => e.OrganizationId == member.Policy.OrganizationId && now < e.Until);
            if (exemption is null) return null;
            if (first is null || exemption.Until < first) first = exemption.Until;
        }

        return first;
    }
}
