using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Sessions;
using TwoFactor.Enforcement;
using TwoFactor.Sample.Web.Data;
using TwoFactor.SignIn;

namespace TwoFactor.Sample.Web.Services.Enforcement;

/// <summary>A deadline that concerns the session.</summary>
/// <param name="RequiredBy">Who requires the second factor.</param>
/// <param name="Deadline">Until when it may be postponed, or since when it may not.</param>
/// <param name="IsOver">True when the grace is over: the session goes on, the next sign-in will not without set-up.</param>
/// <param name="CanEnrollHere">False when this client cannot set up an authenticator.</param>
public sealed record SetupDeadline(string RequiredBy, DateTimeOffset Deadline, bool IsOver, bool CanEnrollHere);

/// <summary>Tells a user who is signed in that a set-up is due. It never ends a session.</summary>
public sealed class EnforcementNotice(SignInService signIn, TenantDirectory tenants)
{
    /// <summary>Null when nothing is due.</summary>
    public async Task<SetupDeadline?> OfAsync(TwoFactorSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var request = new SignInRequest(session.UserId) { Method = session.Method, Client = session.Client };
        var check = await signIn.CheckSessionAsync(request, session.Proof, cancellationToken);
        return check.Outcome switch
        {
            EnforcementOutcome.AllowUntil grace => new(await Name(), grace.Deadline, false, grace.CanEnrollHere),
            EnforcementOutcome.RequireEnrollment must => new(await Name(), must.Deadline, true, true),
            EnforcementOutcome.EnrollElsewhere elsewhere => new(await Name(), elsewhere.Deadline, true, false),
            // Who is let in only with an administrator's help can still set up in the session that is open.
            EnforcementOutcome.Deny denied => new(await Name(), denied.Deadline, true, true),
            _ => null,
        };

        Task<string> Name() => NamesOfAsync(check.Explanation.Deciding.Select(rule => rule.OrganizationId), cancellationToken);
    }

    /// <summary>The names of the organisations whose rules decide, as "Larkspur Ltd" or "Fernhill and Larkspur Ltd".</summary>
    public async Task<string> NamesOfAsync(IEnumerable<OrganizationId> organizations, CancellationToken cancellationToken)
    {
        var deciding = organizations.Select(organization => organization.Value).ToHashSet(StringComparer.Ordinal);
        string[] names = [.. (await tenants.ListAsync(cancellationToken)).Where(tenant => deciding.Contains(tenant.Id)).Select(tenant => tenant.Name)];
        return names.Length == 0 ? "Your organisation" : string.Join(" and ", names);
    }
}
