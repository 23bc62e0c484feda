using TwoFactor.Accounts;
using TwoFactor.Administration;

namespace TwoFactor.Sample.Web.Data;

/// <summary>An organisation as the host knows one. The library keeps its policy under <see cref="Id"/>.</summary>
public sealed class Tenant
{
    /// <summary>Part of addresses: lower-case letters.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public OrganizationId OrganizationId => new(Id);
}

/// <summary>That a user administrates an organisation, and how much of it.</summary>
public sealed class AdministratorAssignment
{
    public required string TenantId { get; init; }

    public required string UserId { get; init; }

    public required AdministratorRole Role { get; set; }
}
