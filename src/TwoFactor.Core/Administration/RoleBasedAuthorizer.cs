using TwoFactor.Accounts;

namespace TwoFactor.Administration;

/// <summary>The roles of <see cref="RoleBasedAuthorizer"/>.</summary>
public enum AdministratorRole
{
    /// <summary>May do nothing.</summary>
    None = 0,

    /// <summary>May read users, policy and audit events, and see what a draft of a policy would do.</summary>
    Auditor = 1,

    /// <summary>May read users, and unlock them; may not reset.</summary>
    HelpDesk = 2,

    /// <summary>May do everything.</summary>
    SystemAdministrator = 3,
}

/// <summary>Who has which role. The host implements it.</summary>
public interface IAdministratorRoles
{
    /// <summary>The role of a user in an organisation (null: in a host without organisations).</summary>
    ValueTask<AdministratorRole> GetRoleAsync(UserId userId, OrganizationId? organization, CancellationToken cancellationToken);

    /// <summary>
    /// The users who are <see cref="AdministratorRole.SystemAdministrator"/> of an organisation, members or not, in any order; null (the
    /// default) when the host cannot list them: then its members are asked for one by one, where the answer matters.
    /// </summary>
    IAsyncEnumerable<UserId>? FindAdministratorsAsync(OrganizationId organization, CancellationToken cancellationToken) => null;
}

/// <summary>An authorizer of three roles.</summary>
public sealed class RoleBasedAuthorizer(IAdministratorRoles roles) : ITwoFactorAuthorizer
{
    /// <inheritdoc/>
    public async ValueTask<bool> IsAllowedAsync(AdministrativeRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var role = await roles.GetRoleAsync(request.Actor, request.Organization, cancellationToken).ConfigureAwait(false);
        return role switch
        {
            AdministratorRole.SystemAdministrator => true,
            AdministratorRole.HelpDesk => request.Action is AdministrativeAction.Unlock or AdministrativeAction.ReadUsers,
            AdministratorRole.Auditor => request.Action is AdministrativeAction.ReadUsers or AdministrativeAction.ReadPolicy or AdministrativeAction.ReadAudit
                or AdministrativeAction.SimulatePolicy,
            _ => false,
        };
    }
}
