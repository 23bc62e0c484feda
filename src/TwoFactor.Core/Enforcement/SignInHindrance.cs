using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Enforcement;

/// <summary>Why somebody cannot sign in, whatever he does himself.</summary>
public enum SignInHindrance
{
    /// <summary>Turned away: the grace is over, and the policy does not let him set up by himself.</summary>
    TurnedAway = 1,

    /// <summary>An authenticator must be set up, and there is no client on which that can be done.</summary>
    NoClient = 2,

    /// <summary>Locked until an administrator acts.</summary>
    Locked = 3,
}

/// <summary>
/// Whether somebody can sign in by himself: at once, by a code, or by setting up on any client. A lock that time ends is no hindrance. Pure.
/// </summary>
internal static class SignInAbility
{
    /// <summary>What keeps the user out at a moment; null when nothing does.</summary>
    public static SignInHindrance? HindranceAt(Account account, ImmutableArray<MemberPolicy> members, SignInMethod method, DateTimeOffset at)
    {
        var decisions = Enum.GetValues<ClientKind>()
            .Select(client => EnforcementDecider.Decide(account, members, new EnforcementRequest { Method = method, Client = client }, at)).ToArray();
        // As a sign-in does: a lock for passwords holds for each password, the one for codes where a code would follow.
        if (method.Kind == SignInMethodKind.Password && account.Attempts.PasswordLockAt(at) is { Release: not LockRelease.AtTime }) return SignInHindrance.Locked;
        if (decisions[0].AsksForFactor && account.Attempts.LockAt(at) is { Release: not LockRelease.AtTime }) return SignInHindrance.Locked;
        if (Array.Exists(decisions, d => d.Outcome is not (EnforcementOutcome.Deny or EnforcementOutcome.EnrollElsewhere))) return null;
        return Array.Exists(decisions, d => d.Outcome is EnforcementOutcome.Deny) ? SignInHindrance.TurnedAway : SignInHindrance.NoClient;
    }

    /// <summary>
    /// The first hindrance from <paramref name="now"/> on and since when it is there, if nobody changes anything; null when there is never
    /// one. Rules that begin, grace that ends and exclusions that run out are looked at when they do.
    /// </summary>
    public static (SignInHindrance Reason, DateTimeOffset From)? FirstHindrance(Account account, ImmutableArray<MemberPolicy> members, DateTimeOffset now)
    {
        var method = MethodOf(members);
        foreach (var at in Moments(account, members, method, now))
        {
            if (HindranceAt(account, members, method, at) is { } reason) return (reason, at);
        }

        return null;
    }

    // As in lists: somebody whose organisations all use single sign-on, and who has a provider, signs in by it.
    private static SignInMethod MethodOf(ImmutableArray<MemberPolicy> members) =>
        !members.IsEmpty && members.All(m => m.Policy.Sso != SsoMode.Off && m.Membership.IdentityProvider is not null) ? SignInMethod.Sso : SignInMethod.Password;

    private static IEnumerable<DateTimeOffset> Moments(Account account, ImmutableArray<MemberPolicy> members, SignInMethod method, DateTimeOffset now)
    {
        // With an authenticator no rule stops him, now or later.
        if (account.Active is not null) return [now];
        var rules = members.SelectMany(m => m.Policy.Rules).Where(rule => rule.Mode == EnforcementMode.Enforce).ToArray();
        var changes = rules.Select(rule => rule.Start)
            .Concat(rules.SelectMany(rule => rule.ExcludedUsers).Where(e => e.UserId == account.UserId).Select(e => e.Until))
            .Concat(account.Exemptions.Select(e => e.Until))
            .Where(at => at > now).Append(now).Distinct().ToArray();
        var request = new EnforcementRequest { Method = method, Client = ClientKind.Browser };
        var deadlines = changes.SelectMany(at => EnforcementDecider.Decide(account, members, request, at).Explanation.Rules.Select(rule => rule.Deadline))
            .OfType<DateTimeOffset>().Where(at => at > now);
        return changes.Concat(deadlines).Distinct().Order();
    }
}
