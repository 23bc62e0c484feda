using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Residency;
using TwoFactor.Storage;

namespace TwoFactor.Tests.Residency;

/// <summary>The process dies at a call: before it, or after it has taken effect and before its answer.</summary>
internal sealed class CrashPlan
{
    private int? _at;
    private bool _after;

    public int Calls { get; private set; }

    public bool Happened { get; private set; }

    public void DieAt(int call, bool after) => (_at, _after, Calls, Happened) = (call, after, 0, false);

    public void Disarm() => _at = null;

    public async ValueTask<T> RunAsync<T>(Func<ValueTask<T>> call)
    {
        if (_at is not { } at) return await call();
        var mine = Calls++;
        if (mine == at && !_after) Die();
        var answer = await call();
        if (mine == at) Die();
        return answer;
    }

    private void Die()
    {
        _at = null;
        Happened = true;
        throw new CrashException();
    }
}

internal sealed class CrashException : Exception;

/// <summary>A region's store in a process that can die.</summary>
internal sealed class CrashingStore(InMemoryAccountStore inner, InMemoryAuditLog log, CrashPlan plan) : IAccountStore, IAccountRemoval, IAccountFeed, IAuditReader
{
    /// <summary>Runs before a save.</summary>
    public Func<Task>? BeforeSave { get; set; }

    public ValueTask<StoredAccount> LoadAsync(UserId userId, CancellationToken cancellationToken) =>
        plan.RunAsync(() => inner.LoadAsync(userId, cancellationToken));

    public async ValueTask<bool> TrySaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken)
    {
        if (BeforeSave is { } hook) await hook();
        return await plan.RunAsync(() => inner.TrySaveAsync(account, expectedVersion, events, cancellationToken));
    }

    public ValueTask<bool> TryRemoveAsync(Account marker, long expectedVersion, CancellationToken cancellationToken) =>
        plan.RunAsync(() => inner.TryRemoveAsync(marker, expectedVersion, cancellationToken));

    public ValueTask<ImmutableArray<UserId>> ReadIdsAsync(UserId? after, int count, CancellationToken cancellationToken) => inner.ReadIdsAsync(after, count, cancellationToken);

    public ValueTask<AuditPage> QueryAsync(AuditQuery query, CancellationToken cancellationToken) => log.QueryAsync(query, cancellationToken);

    public async IAsyncEnumerable<AuditEvent> ReadChainAsync(
        AuditChainId chain, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var e in await plan.RunAsync(() => ValueTask.FromResult(log.EventsOf(chain))))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return e;
        }
    }
}

/// <summary>The host's directory.</summary>
internal sealed class RegionBook(CrashPlan plan) : IRegionDirectory
{
    private readonly Lock _gate = new();
    private readonly Dictionary<UserId, RegionId> _users = [];
    private readonly Dictionary<OrganizationId, RegionId> _organizations = [];

    public ImmutableArray<RegionId> KnownRegions => [RegionWorld.Eu, RegionWorld.Us];

    public void Put(OrganizationId organization, RegionId region)
    {
        lock (_gate) _organizations[organization] = region;
    }

    public void Put(UserId user, RegionId? region)
    {
        lock (_gate)
        {
            if (region is { } home) _users[user] = home;
            else _users.Remove(user);
        }
    }

    public RegionId? this[UserId user]
    {
        get
        {
            lock (_gate) return _users.TryGetValue(user, out var home) ? home : null;
        }
    }

    public ValueTask<RegionId?> FindRegionAsync(UserId userId, CancellationToken cancellationToken) => plan.RunAsync(() => ValueTask.FromResult(this[userId]));

    public ValueTask<RegionId?> FindRegionAsync(OrganizationId organizationId, CancellationToken cancellationToken)
    {
        lock (_gate) return ValueTask.FromResult(_organizations.TryGetValue(organizationId, out var home) ? (RegionId?)home : null);
    }

    public async ValueTask SetRegionAsync(UserId userId, RegionId region, CancellationToken cancellationToken) => await plan.RunAsync(() =>
    {
        Put(userId, region);
        return ValueTask.FromResult(true);
    });
}

/// <summary>A node whose directory has gone stale, or that cannot be told.</summary>
internal sealed class FixedResolver(RegionId? region, RegionBook book) : IRegionResolver
{
    public ValueTask<RegionId?> FindRegionAsync(UserId userId, CancellationToken cancellationToken) => ValueTask.FromResult(region);

    public ValueTask<RegionId?> FindRegionAsync(OrganizationId organizationId, CancellationToken cancellationToken) => book.FindRegionAsync(organizationId, cancellationToken);
}

/// <summary>The directory as a library that may only read it sees it.</summary>
internal sealed class ReadOnlyBook(RegionBook book) : IRegionResolver
{
    public ValueTask<RegionId?> FindRegionAsync(UserId userId, CancellationToken cancellationToken) => book.FindRegionAsync(userId, cancellationToken);

    public ValueTask<RegionId?> FindRegionAsync(OrganizationId organizationId, CancellationToken cancellationToken) => book.FindRegionAsync(organizationId, cancellationToken);
}
