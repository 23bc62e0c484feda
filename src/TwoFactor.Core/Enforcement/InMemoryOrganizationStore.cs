using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace TwoFactor.Enforcement;

/// <summary>The reference store of policies: everything in this process, gone with it.</summary>
public sealed class InMemoryOrganizationStore : IOrganizationStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<OrganizationId, (StoredOrganization Stored, ImmutableList<AuditEvent> Events)> _rows = [];

    /// <inheritdoc/>
    public ValueTask<StoredOrganization> LoadAsync(OrganizationId organizationId, CancellationToken cancellationToken)
    {
        organizationId.ThrowIfDefault(nameof(organizationId));
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate) return ValueTask.FromResult(_rows.TryGetValue(organizationId, out var row) ? row.Stored : default);
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
            var known = _rows.TryGetValue(organization.Id, out var row);
            if ((known ? row.Stored.Version : 0) != expectedVersion) return ValueTask.FromResult(false);
            _rows[organization.Id] = (new StoredOrganization(organization, expectedVersion + 1), (row.Events ?? []).AddRange(events));
            return ValueTask.FromResult(true);
        }
    }

    /// <summary>The audit events of an organisation's own chain, oldest first.</summary>
    public ImmutableArray<AuditEvent> EventsOf(OrganizationId organizationId)
    {
        organizationId.ThrowIfDefault(nameof(organizationId));
        lock (_gate) return _rows.TryGetValue(organizationId, out var row) ? [.. row.Events] : [];
    }
}
