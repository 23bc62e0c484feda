using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Enforcement;
using TwoFactor.EntityFrameworkCore.Databases;
using TwoFactor.EntityFrameworkCore.Tables;

// One namespace for all that a host names.
#pragma warning disable IDE0130
namespace TwoFactor.EntityFrameworkCore;
#pragma warning restore IDE0130

/// <summary>
/// Keeps the organisations' policies in the database of an Entity Framework Core context, as <see cref="EntityFrameworkAccountStore"/> keeps
/// accounts. Safe for concurrent use; one instance serves a whole application.
/// </summary>
public sealed class EntityFrameworkOrganizationStore : IOrganizationStore
{
    private readonly Func<StoreBinding> _bind;

    /// <summary>A store over a context outside dependency injection; inside, use <c>AddEntityFrameworkStore</c>.</summary>
    /// <param name="createContext">Makes a context with the two-factor tables. It is called once, at first use, and the context is disposed of.</param>
    public EntityFrameworkOrganizationStore(Func<DbContext> createContext) : this(StoreBinding.OnFirstUse(createContext))
    {
    }

    internal EntityFrameworkOrganizationStore(Func<StoreBinding> bind) => _bind = bind;

    /// <inheritdoc/>
    public async ValueTask<StoredOrganization> LoadAsync(OrganizationId organizationId, CancellationToken cancellationToken)
    {
        ThrowIfDefault(organizationId, nameof(organizationId));
        var binding = _bind();
        using var turn = await binding.Database.EnterReadAsync(cancellationToken).ConfigureAwait(false);
        await using var connection = await binding.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var row = await binding.Database.ReadAsync(connection, binding.Organizations.Select, organizationId.Value, cancellationToken).ConfigureAwait(false);
        if (row.Data is null) return default;
        var organization = PolicySerializer.Deserialize(row.Data);
        return organization.Id == organizationId
            ? new StoredOrganization(organization, row.Version)
            : throw new InvalidDataException($"The row stored for '{organizationId}' holds the policy of another organisation.");
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TrySaveAsync(
        Organization organization, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(organization);
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion);
        ThrowIfDefault(organization.Id, nameof(organization));
        if (events.IsDefault || events.Any(e => e.Chain != AuditChainId.Of(organization.Id)))
            throw new ArgumentException("The events are those of the organisation's chain; an empty array when there are none.", nameof(events));

        var rows = StoreWrites.Rows(events);
        var binding = _bind();
        (string, object?)[] values =
        [
            ("@id", organization.Id.Value), ("@data", PolicySerializer.Serialize(organization)), ("@next", StoreWrites.VersionAfter(expectedVersion)),
            ("@expected", expectedVersion),
        ];
        var statement = expectedVersion == 0 ? binding.Organizations.Insert : binding.Organizations.Update;
        return await binding.TryWriteAsync(new ConditionalWrite(organization.Id.Value, statement, values, rows), cancellationToken).ConfigureAwait(false);
    }

    private static void ThrowIfDefault(OrganizationId organizationId, string parameterName)
    {
        if (organizationId.IsDefault)
            throw new ArgumentException("The organization id is default and names none; make it with new OrganizationId(key).", parameterName);
    }
}
