using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;

namespace TwoFactor.Administration;

/// <summary>
/// What if: how the members of an organisation would fare under a policy that is not saved, at any time. It changes nothing, and says of
/// every user exactly what <see cref="EnforcementDecider"/> does, over all organisations of the user: the strictest wins. Members are read in
/// pages, so memory does not grow with their number; whoever joins or leaves meanwhile is counted or not. Safe for concurrent use.
/// </summary>
public sealed class PolicySimulationService
{
    private const int MaxListed = 1000;

    // A page that finds few ends after so many users and says where to go on.
    private const int MaxScanned = 10_000;
    private readonly AdministrationGate _gate;
    private readonly MemberStream _members;
    private readonly IOrganizationStore _organizations;
    private readonly IAdministratorRoles? _roles;
    private readonly TimeProvider _time;

    internal PolicySimulationService(
        AdministrationGate gate, MemberStream members, IOrganizationStore organizations, IAdministratorRoles? roles, TimeProvider time) =>
        (_gate, _members, _organizations, _roles, _time) = (gate, members, organizations, roles, time);

    /// <summary>Counts the outcomes of all members, now under what is saved and then under a draft.</summary>
    /// <param name="actor">The administrator who is signed in.</param>
    /// <param name="draft">The policy; its version does not matter.</param>
    /// <param name="at">When "then" is: any time.</param>
    /// <param name="query">The sign-in; null for password and browser. What it says of lists is not looked at.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<SimulationResult> SimulateAsync(
        UserId actor, OrganizationPolicy draft, DateTimeOffset at, SimulationQuery? query = null, CancellationToken cancellationToken = default)
    {
        var (now, wanted) = (_time.GetUtcNow(), query ?? new SimulationQuery());
        if (await RefuseAsync(actor, draft, null, now, cancellationToken).ConfigureAwait(false) is { } reason) return new SimulationResult.Denied(reason);
        if (Faults(draft, wanted) is { IsEmpty: false } errors) return new SimulationResult.Invalid(errors);

        var (changes, reported, book) = (new SimulationTally(), new SimulationTally(), new PolicyBook(_organizations));
        var stopped = ImmutableArray.CreateBuilder<StoppedAdministrator>();
        await foreach (var member in _members.ReadAsync(draft.OrganizationId, null, cancellationToken).ConfigureAwait(false))
        {
            var subject = await SimulatedSubject.MakeAsync(member, draft, wanted, now, at, book, cancellationToken).ConfigureAwait(false);
            changes.Add(subject.Now.Kind, subject.Then.Kind);
            if (subject.Then.Decision.WouldBe is { } would) reported.Add(subject.Then.Kind, SimulatedDecision.KindOf(would));
            if (stopped.Count < MaxListed && await StoppedAsync(subject, draft, wanted, at, cancellationToken).ConfigureAwait(false) is { } administrator)
                stopped.Add(administrator);
        }

        return new SimulationResult.Simulated(new SimulationReport
        {
            Now = now,
            At = at,
            Users = changes.Users,
            Changes = changes.ToChanges(),
            Reported = reported.ToChanges(),
            StoppedAdministrators = stopped.ToImmutable(),
            AdministratorsAreKnown = _roles is not null,
        });
    }

    /// <summary>Who they are: one page of members, of all or of those with an outcome. Paging stays right while members come and go.</summary>
    /// <param name="actor">The administrator who is signed in.</param>
    /// <param name="draft">The policy; its version does not matter.</param>
    /// <param name="at">When "then" is: any time.</param>
    /// <param name="query">The sign-in, filters and page.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<SimulatedUsersResult> ListAsync(
        UserId actor, OrganizationPolicy draft, DateTimeOffset at, SimulationQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var now = _time.GetUtcNow();
        if (await RefuseAsync(actor, draft, null, now, cancellationToken).ConfigureAwait(false) is { } reason) return new SimulatedUsersResult.Denied(reason);
        if (Faults(draft, query) is { IsEmpty: false } errors) return new SimulatedUsersResult.Invalid(errors);

        var (users, book) = (ImmutableArray.CreateBuilder<SimulatedUser>(query.PageSize), new PolicyBook(_organizations));
        var (last, scanned) = (query.After, 0);
        await foreach (var member in _members.ReadAsync(draft.OrganizationId, query.After, cancellationToken).ConfigureAwait(false))
        {
            // There is somebody more, so there is a next page.
            if (users.Count == query.PageSize || scanned == MaxScanned) return new SimulatedUsersResult.Page(users.ToImmutable(), last);
            (last, scanned) = (member.Account.UserId, scanned + 1);
            var subject = await SimulatedSubject.MakeAsync(member, draft, query, now, at, book, cancellationToken).ConfigureAwait(false);
            if (subject.Matches(query)) users.Add(subject.ToUser());
        }

        return new SimulatedUsersResult.Page(users.ToImmutable(), null);
    }

    /// <summary>Why: one member, with the rules of the draft's organisation.</summary>
    /// <param name="actor">The administrator who is signed in.</param>
    /// <param name="draft">The policy; its version does not matter.</param>
    /// <param name="at">When "then" is: any time.</param>
    /// <param name="user">The user.</param>
    /// <param name="query">The sign-in; null for password and browser. What it says of lists is not looked at.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<SimulatedUserResult> ExplainAsync(
        UserId actor, OrganizationPolicy draft, DateTimeOffset at, UserId user, SimulationQuery? query = null, CancellationToken cancellationToken = default)
    {
        user.ThrowIfDefault(nameof(user));
        var (now, wanted) = (_time.GetUtcNow(), query ?? new SimulationQuery());
        if (await RefuseAsync(actor, draft, user, now, cancellationToken).ConfigureAwait(false) is { } reason) return new SimulatedUserResult.Denied(reason);
        if (Faults(draft, wanted) is { IsEmpty: false } errors) return new SimulatedUserResult.Invalid(errors);
        if (await _members.FindAsync(draft.OrganizationId, user, cancellationToken).ConfigureAwait(false) is not { } member) return new SimulatedUserResult.NotFound();
        var subject = await SimulatedSubject.MakeAsync(member, draft, wanted, now, at, new PolicyBook(_organizations), cancellationToken).ConfigureAwait(false);
        var (before, after) = (subject.Now.Decision.Explanation, subject.Then.Decision.Explanation);
        var others = after.Rules.Any(rule => rule.OrganizationId != draft.OrganizationId && rule.Standing == RuleStanding.Decides)
            || after.Methods.Any(method => method.OrganizationId != draft.OrganizationId && method.AsksForFactor);
        return new SimulatedUserResult.Found(subject.ToUser(), Own(before, draft), Own(after, draft), others);
    }

    // Roles are asked for those alone who are stopped: they are few, and the question may be a dear one.
    private async ValueTask<StoppedAdministrator?> StoppedAsync(
        SimulatedSubject subject, OrganizationPolicy draft, SimulationQuery query, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var user = subject.Account.UserId;
        if (_roles is null || !subject.MayBeStopped || SignInAbility.HindranceAt(subject.Account, subject.Drafted, query.Method, at) is not { } reason) return null;
        var role = await _roles.GetRoleAsync(user, draft.OrganizationId, cancellationToken).ConfigureAwait(false);
        return role == AdministratorRole.SystemAdministrator ? new StoppedAdministrator(user, reason, at) : null;
    }

    private ValueTask<DenialReason?> RefuseAsync(
        UserId actor, OrganizationPolicy draft, UserId? subject, DateTimeOffset now, CancellationToken cancellationToken)
    {
        actor.ThrowIfDefault(nameof(actor));
        ArgumentNullException.ThrowIfNull(draft);
        draft.OrganizationId.ThrowIfDefault(nameof(draft));
        return _gate.RefuseAsync(new AdministrativeRequest(actor, AdministrativeAction.SimulatePolicy, draft.OrganizationId, subject), now, cancellationToken);
    }

    private static ImmutableArray<PolicyError> Faults(OrganizationPolicy draft, SimulationQuery query)
    {
        ImmutableArray<PolicyError> errors = [.. OrganizationPolicyValidation.Validate(draft)];
        if (query.Method is null) errors = errors.Add(new("Method", "It must be set."));
        if (!Enum.IsDefined(query.Client)) errors = errors.Add(new("Client", "It is not a known client."));
        if (query.Now is { } now && !Enum.IsDefined(now)) errors = errors.Add(new("Now", "It is not a known outcome."));
        if (query.Then is { } then && !Enum.IsDefined(then)) errors = errors.Add(new("Then", "It is not a known outcome."));
        return errors;
    }

    private static EnforcementExplanation Own(EnforcementExplanation explanation, OrganizationPolicy draft) => new(
        [.. explanation.Rules.Where(rule => rule.OrganizationId == draft.OrganizationId)],
        [.. explanation.Methods.Where(method => method.OrganizationId == draft.OrganizationId)]);
}
