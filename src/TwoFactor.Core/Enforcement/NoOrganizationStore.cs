using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace TwoFactor.Enforcement;

/// <summary>Of a host without organisations: there are no policies, and none can be saved.</summary>
internal sealed class NoOrganizationStore : IOrganizationStore
{
    public ValueTask<StoredOrganization> LoadAsync(OrganizationId organizationId, CancellationToken cancellationToken) => default;

    public ValueTask<bool> TrySaveAsync(
        Organization organization, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("This host keeps no policies: give AddTwoFactor a store for them (UseOrganizationStore, or a store package).");
}
