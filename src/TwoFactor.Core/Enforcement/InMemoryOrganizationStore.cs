using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace TwoFactor.Enforcement;

/// <summary>The reference store of policies: everything in this process, gone with it.</summary>
public sealed class InMemoryOrganizationStore(InMemoryAuditLog log) : IOrganizationStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<OrganizationId, StoredOrganization> _rows = [];

    /// <summary>A store with an audit log of its own.</summary>
    public InMemoryOrganizationStore() : this(new InMemoryAuditLog())
    {
    }

    /// <inheritdoc/>
    public ValueTask<StoredOrganization> LoadAsync(OrganizationId organizationId, CancellationToken cancellationToken)
    {
        organizationId.ThrowIfDefault(nameof(organizationId));
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate) return ValueTask.FromResult(_rows.GetValueOrDefault(organizationId));
    }

    /// <inheritdoc/>
    public ValueTask<bool> TrySaveAsync(
        Organization organization, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(organization);
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_rows.GetValueOrDefault(organization.Id).Version != expectedVersion) return ValueTask.FromResult(false);
            log.Append(AuditChainId.Of(organization.Id), events);
            _rows[organization.Id] = new StoredOrganization(organization, expectedVersion + 1);
            return ValueTask.FromResult(true);
        }
    }

    /// <summary>The audit events of an organisation's own chain, oldest first.</summary>
    public ImmutableArray<AuditEvent> EventsOf(OrganizationId organizationId)
    {
        organizationId.ThrowIfDefault(nameof(organizationId));
        return log.EventsOf(AuditChainId.Of(organizationId));
    }
}
