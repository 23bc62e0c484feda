using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;
using TwoFactor.Status;

namespace TwoFactor.Administration;

/// <summary>Lists the users of an organisation with where they stand. Safe for concurrent use.</summary>
public sealed class UserListService
{
    private const int MaxSearch = 100;

    // A filter that only a policy can judge is applied here; a page that finds few ends after so many rows and says where to go on.
    private const int MaxScanned = 2000;
    private readonly AdministrationGate _gate;
    private readonly IUserListSource _source;
    private readonly IOrganizationStore _organizations;
    private readonly Func<Account, bool> _canVerify;
    private readonly TimeProvider _time;

    internal UserListService(
        AdministrationGate gate, IUserListSource source, IOrganizationStore organizations, Func<Account, bool> canVerify, TimeProvider time) =>
        (_gate, _source, _organizations, _canVerify, _time) = (gate, source, organizations, canVerify, time);

    /// <summary>One page of users.</summary>
    /// <param name="actor">The administrator who is signed in.</param>
    /// <param name="organization">Whose users.</param>
    /// <param name="query">Search, filters, order, page.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<UserListResult> QueryAsync(
        UserId actor, OrganizationId organization, UserListQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var now = _time.GetUtcNow();
        if (await RefuseAsync(actor, organization, null, now, cancellationToken).ConfigureAwait(false) is { } reason) return new UserListResult.Denied(reason);
        if (query.Search is { } search && (search.Length > MaxSearch || !PlainText.IsWellFormed(search))) return new UserListResult.Invalid(nameof(query.Search));
        if (!Enum.IsDefined(query.Sort)) return new UserListResult.Invalid(nameof(query.Sort));

        var policy = await PolicyAsync(organization, cancellationToken).ConfigureAwait(false);
        var users = ImmutableArray.CreateBuilder<UserListItem>(query.PageSize);
        var (after, scanned) = (query.After, 0);
        while (true)
        {
            var rows = await _source.ReadAsync(Slice(organization, query, after, now), cancellationToken).ConfigureAwait(false);
            foreach (var row in rows)
            {
                if (users.Count == query.PageSize) return new UserListResult.Page(users.ToImmutable(), after);
                after = UserListCursor.Of(row, query.Sort, now);
                var item = Item(row, policy, now);
                if (query.Statuses.IsEmpty || query.Statuses.Contains(item.Status.Kind)) users.Add(item);
            }

            scanned += rows.Length;
            if (rows.Length < RowsAtOnce(query)) return new UserListResult.Page(users.ToImmutable(), null);
            if (scanned >= MaxScanned) return new UserListResult.Page(users.ToImmutable(), after);
        }
    }

    /// <summary>One user.</summary>
    /// <param name="actor">The administrator who is signed in.</param>
    /// <param name="organization">The organisation in which the actor acts.</param>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<UserDetailsResult> GetAsync(
        UserId actor, OrganizationId organization, UserId user, CancellationToken cancellationToken = default)
    {
        user.ThrowIfDefault(nameof(user));
        var now = _time.GetUtcNow();
        if (await RefuseAsync(actor, organization, user, now, cancellationToken).ConfigureAwait(false) is { } reason) return new UserDetailsResult.Denied(reason);
        if (await _source.FindAsync(organization, user, now, cancellationToken).ConfigureAwait(false) is not { } row) return new UserDetailsResult.NotFound();
        var policy = await PolicyAsync(organization, cancellationToken).ConfigureAwait(false);
        var request = new EnforcementRequest { Method = SignInMethod.Password, Client = ClientKind.Browser };
        var decision = EnforcementDecider.Decide(row.Account, [new MemberPolicy(row.Membership, policy)], request, now);
        return new UserDetailsResult.Found(Item(row, policy, now), decision.Explanation);
    }

    private ValueTask<DenialReason?> RefuseAsync(
        UserId actor, OrganizationId organization, UserId? subject, DateTimeOffset now, CancellationToken cancellationToken)
    {
        actor.ThrowIfDefault(nameof(actor));
        organization.ThrowIfDefault(nameof(organization));
        return _gate.RefuseAsync(new AdministrativeRequest(actor, AdministrativeAction.ReadUsers, organization, subject), now, cancellationToken);
    }

    private async ValueTask<OrganizationPolicy> PolicyAsync(OrganizationId organization, CancellationToken cancellationToken) =>
        (await _organizations.LoadAsync(organization, cancellationToken).ConfigureAwait(false)).Organization?.Policy ?? OrganizationPolicy.NewFor(organization);

    private UserListItem Item(UserListRow row, OrganizationPolicy policy, DateTimeOffset now) => new(
        row.User,
        row.Membership,
        UserStatusDecider.Decide(row.Account, [new MemberPolicy(row.Membership, policy)], _canVerify(row.Account), now),
        AccountStatus.Of(row.Account, now));

    private static UserListSlice Slice(OrganizationId organization, UserListQuery query, UserListCursor? after, DateTimeOffset now) => new()
    {
        Organization = organization,
        Now = now,
        Search = query.Search,
        Enrolled = query.Enabled,
        Statuses = Coarse(query.Statuses),
        Sort = query.Sort,
        Descending = query.Descending,
        After = after,
        Count = RowsAtOnce(query),
    };

    // One more than the page tells whether there is a next one. Behind a filter it takes more rows, and fewer turns.
    private static int RowsAtOnce(UserListQuery query) => query.Statuses.IsEmpty ? query.PageSize + 1 : Math.Max(query.PageSize + 1, UserListQuery.MaxPageSize);

    /// <summary>What the database can filter already: the coarse statuses within which the wanted ones lie.</summary>
    private static ImmutableArray<CoarseStatus> Coarse(ImmutableArray<UserStatusKind> statuses) => [.. statuses.SelectMany<UserStatusKind, CoarseStatus>(kind => kind switch
    {
        UserStatusKind.Locked => [CoarseStatus.Locked],
        UserStatusKind.Enrolled or UserStatusKind.Unverifiable => [CoarseStatus.Enrolled],
        UserStatusKind.Pending => [CoarseStatus.Pending],
        _ => [CoarseStatus.NotEnrolled, CoarseStatus.Pending],
    }).Distinct()];
}
