using TwoFactor.Accounts;
using TwoFactor.Administration;

namespace TwoFactor.Tests.Support.Organizations;

/// <summary>Roles as somebody assigned them, each in one organisation.</summary>
internal sealed class AssignedRoles : IAdministratorRoles
{
    private readonly Dictionary<(UserId User, OrganizationId? Organization), AdministratorRole> _roles = [];

    /// <summary>What the host lists as administrators; null when it cannot.</summary>
    public IReadOnlyList<UserId>? Listed { get; set; }

    public void Assign(UserId user, OrganizationId? organization, AdministratorRole role) => _roles[(user, organization)] = role;

    public ValueTask<AdministratorRole> GetRoleAsync(UserId userId, OrganizationId? organization, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_roles.GetValueOrDefault((userId, organization)));

    public IAsyncEnumerable<UserId>? FindAdministratorsAsync(OrganizationId organization, CancellationToken cancellationToken) => Listed?.ToAsyncEnumerable();
}
