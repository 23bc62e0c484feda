using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;
using TwoFactor.Status;
using TwoFactor.StoreConformance.Organizations;

namespace TwoFactor.StoreConformance.Tests.BrokenStores;

/// <summary>The in-memory stores, with one of them replaced.</summary>
internal sealed class ReplacedHarness : BrokenOrganizationHarness
{
    private readonly Func<InMemoryOrganizationHarness, object> _replace;
    private readonly Lazy<object> _replaced;

    public ReplacedHarness(Func<InMemoryOrganizationHarness, object> replace)
    {
        _replace = replace;
        _replaced = new Lazy<object>(() => _replace(Right));
    }

    public override IOrganizationStore Organizations => _replaced.Value as IOrganizationStore ?? Right.Organizations;

    public override IUserListSource Users => _replaced.Value as IUserListSource ?? Right.Users;

    public override IAuditReader Audit => _replaced.Value as IAuditReader ?? Right.Audit;

    public override ValueTask PutAsync(DirectoryUser user) => Right.PutAsync(user);

    public override ValueTask JoinGroupAsync(OrganizationId organization, UserId user, string group, DateTimeOffset at) => Right.JoinGroupAsync(organization, user, group, at);

    public override ValueTask LeaveGroupAsync(OrganizationId organization, UserId user, string group) => Right.LeaveGroupAsync(organization, user, group);
}

/// <summary>Compares the version first and writes later, whatever came in between.</summary>
internal sealed class CheckThenActOrganizations(IOrganizationStore right) : IOrganizationStore
{
    public ValueTask<StoredOrganization> LoadAsync(OrganizationId organizationId, CancellationToken cancellationToken) => right.LoadAsync(organizationId, cancellationToken);

    public async ValueTask<bool> TrySaveAsync(Organization organization, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken)
    {
        if ((await right.LoadAsync(organization.Id, cancellationToken)).Version != expectedVersion) return false;
        // Long enough for others to compare, too.
        Thread.SpinWait(200_000);
        while (true)
        {
            var (_, version) = await right.LoadAsync(organization.Id, cancellationToken);
            if (await right.TrySaveAsync(organization, version, [], cancellationToken)) return true;
        }
    }
}

/// <summary>Writes over whatever version there is.</summary>
internal sealed class LastWriteWinsOrganizations(IOrganizationStore right) : IOrganizationStore
{
    public ValueTask<StoredOrganization> LoadAsync(OrganizationId organizationId, CancellationToken cancellationToken) => right.LoadAsync(organizationId, cancellationToken);

    public async ValueTask<bool> TrySaveAsync(Organization organization, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken) =>
        await right.TrySaveAsync(organization, (await right.LoadAsync(organization.Id, cancellationToken)).Version, events, cancellationToken);
}

/// <summary>Begins each page after all rows of the last one's key, so that of those who share a name only a page is shown.</summary>
internal sealed class KeyOnlyPagingList(IUserListSource right) : IUserListSource
{
    public ValueTask<ImmutableArray<UserListRow>> ReadAsync(UserListSlice slice, CancellationToken cancellationToken) => right.ReadAsync(
        slice.After is { } after ? slice with { After = after with { UserId = slice.Descending ? new UserId("!") : new UserId("\U0010FFFD") } } : slice, cancellationToken);

    public ValueTask<UserListRow?> FindAsync(OrganizationId organization, UserId user, DateTimeOffset now, CancellationToken cancellationToken) =>
        right.FindAsync(organization, user, now, cancellationToken);
}

/// <summary>Filters by what the status was some time ago.</summary>
internal sealed class LateStatusList(IUserListSource right) : IUserListSource
{
    public ValueTask<ImmutableArray<UserListRow>> ReadAsync(UserListSlice slice, CancellationToken cancellationToken) =>
        right.ReadAsync(slice with { Now = slice.Now.AddTicks(-2) }, cancellationToken);

    public ValueTask<UserListRow?> FindAsync(OrganizationId organization, UserId user, DateTimeOffset now, CancellationToken cancellationToken) =>
        right.FindAsync(organization, user, now, cancellationToken);
}

/// <summary>Finds users of any organisation by their id.</summary>
internal sealed class AnyOrganizationList(InMemoryOrganizationHarness right) : IUserListSource
{
    public ValueTask<ImmutableArray<UserListRow>> ReadAsync(UserListSlice slice, CancellationToken cancellationToken) => right.Users.ReadAsync(slice, cancellationToken);

    public async ValueTask<UserListRow?> FindAsync(OrganizationId organization, UserId user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var membership in await right.Memberships.GetMembershipsAsync(user, cancellationToken))
            if (await right.Users.FindAsync(membership.OrganizationId, user, now, cancellationToken) is { } row) return row;
        return null;
    }
}

/// <summary>Answers an organisation with everybody's events.</summary>
internal sealed class EverybodysAudit(IAuditReader right) : IAuditReader
{
    public ValueTask<AuditPage> QueryAsync(AuditQuery query, CancellationToken cancellationToken) => right.QueryAsync(query with { Organization = null }, cancellationToken);

    public IAsyncEnumerable<AuditEvent> ReadChainAsync(AuditChainId chain, CancellationToken cancellationToken) => right.ReadChainAsync(chain, cancellationToken);
}

/// <summary>Reads a chain up to what one query gives.</summary>
internal sealed class FirstPageOfChain(IAuditReader right) : IAuditReader
{
    public ValueTask<AuditPage> QueryAsync(AuditQuery query, CancellationToken cancellationToken) => right.QueryAsync(query, cancellationToken);

    public async IAsyncEnumerable<AuditEvent> ReadChainAsync(AuditChainId chain, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var e in right.ReadChainAsync(chain, cancellationToken).Take(1000).WithCancellation(cancellationToken)) yield return e;
    }
}
