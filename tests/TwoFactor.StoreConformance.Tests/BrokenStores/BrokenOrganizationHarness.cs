using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Organizations;
using TwoFactor.Storage;
using TwoFactor.StoreConformance.Organizations;

namespace TwoFactor.StoreConformance.Tests.BrokenStores;

/// <summary>The in-memory stores, with a member or two replaced by broken ones.</summary>
internal abstract class BrokenOrganizationHarness : OrganizationHarness
{
    protected InMemoryOrganizationHarness Right { get; } = new();

    public override IAccountStore Accounts => Right.Accounts;

    public override IMembershipSource Memberships => Right.Memberships;

    public override IAuditFeed Feed => Right.Feed;

    public override ValueTask JoinAsync(
        OrganizationId organization, UserId user, DateTimeOffset at, MembershipKind kind = MembershipKind.Member, string? identityProvider = null) =>
        Right.JoinAsync(organization, user, at, kind, identityProvider);

    public override ValueTask LeaveAsync(OrganizationId organization, UserId user) => Right.LeaveAsync(organization, user);
}

/// <summary>Pages by counting rows, so that whoever leaves moves all who come after into the page before.</summary>
internal sealed class OffsetPagingHarness : BrokenOrganizationHarness, IMembershipSource
{
    public override IMembershipSource Memberships => this;

    public ValueTask<ImmutableArray<Membership>> GetMembershipsAsync(UserId userId, CancellationToken cancellationToken) =>
        Right.Memberships.GetMembershipsAsync(userId, cancellationToken);

    public async IAsyncEnumerable<Membership> GetMembersAsync(OrganizationId organizationId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var offset = 0; ; offset += 100)
        {
            var page = await Right.Memberships.GetMembersAsync(organizationId, cancellationToken).Skip(offset).Take(100).ToListAsync(cancellationToken);
            if (page.Count == 0) yield break;
            foreach (var member in page) yield return member;
        }
    }
}

/// <summary>Numbers events when they arrive and shows them when they are committed, as a sequence of a database does.</summary>
internal sealed class EarlyPositionHarness : BrokenOrganizationHarness, IAccountStore, IAuditFeed
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, AuditEvent> _committed = [];
    private readonly TaskCompletionSource _passedOver = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _next;

    public override IAccountStore Accounts => this;

    public override IAuditFeed Feed => this;

    public ValueTask<StoredAccount> LoadAsync(UserId userId, CancellationToken cancellationToken) => Right.Accounts.LoadAsync(userId, cancellationToken);

    public async ValueTask<bool> TrySaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken)
    {
        var position = Interlocked.Add(ref _next, events.Length) - events.Length;
        // Whoever comes first is slow, until a reader has seen what others have written meanwhile.
        if (position == 0) await _passedOver.Task;
        if (!await Right.Accounts.TrySaveAsync(account, expectedVersion, events, cancellationToken)) return false;
        lock (_gate)
        {
            foreach (var e in events) _committed[++position] = e;
        }

        return true;
    }

    public ValueTask<ImmutableArray<(long Position, AuditEvent Event)>> ReadAsync(long afterPosition, int max, CancellationToken cancellationToken)
    {
        ImmutableArray<(long Position, AuditEvent Event)> read;
        lock (_gate) read = [.. _committed.Where(e => e.Key > afterPosition).Take(max).Select(e => (e.Key, e.Value))];
        if (!read.IsEmpty) _passedOver.TrySetResult();
        return ValueTask.FromResult(read);
    }

    public ValueTask<long> LoadPositionAsync(string sink, CancellationToken cancellationToken) => ValueTask.FromResult(0L);

    public ValueTask SavePositionAsync(string sink, long position, CancellationToken cancellationToken) => default;
}
