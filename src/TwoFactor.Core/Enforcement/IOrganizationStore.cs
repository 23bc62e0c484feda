using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace TwoFactor.Enforcement;

/// <summary>Where organisations' policies are kept: load, and compare-and-swap, as for accounts.</summary>
public interface IOrganizationStore
{
    /// <summary>The organisation with its version; version 0 and none when nothing is stored.</summary>
    ValueTask<StoredOrganization> LoadAsync(OrganizationId organizationId, CancellationToken cancellationToken);

    /// <summary>
    /// In one atomic, durable write: replaces the organisation if its stored version is still <paramref name="expectedVersion"/> (0: if there
    /// is none), raises the version to one never used before, and adds <paramref name="events"/>. False if the version was another one;
    /// every other fault throws.
    /// </summary>
    ValueTask<bool> TrySaveAsync(Organization organization, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken);
}

/// <summary>What a store knows of an organisation.</summary>
/// <param name="Organization">The organisation; null when nothing is stored.</param>
/// <param name="Version">Its version, at least 1; 0 when nothing is stored.</param>
public readonly record struct StoredOrganization(Organization? Organization, long Version);
