using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using TwoFactor.Accounts;
using TwoFactor.Administration;

namespace TwoFactor.Sample.Web.Data;

/// <summary>Organisations and who administrates them. The library asks it for roles; it never decides by itself who may do what.</summary>
public sealed class TenantDirectory(IDbContextFactory<SampleDbContext> contexts) : IAdministratorRoles
{
    public async Task<ImmutableArray<Tenant>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return [.. await context.Tenants.AsNoTracking().OrderBy(tenant => tenant.Name).ToListAsync(cancellationToken)];
    }

    public async Task<Tenant?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Tenants.AsNoTracking().SingleOrDefaultAsync(tenant => tenant.Id == id, cancellationToken);
    }

    /// <summary>The organisations that a user administrates, with the role in each, by name.</summary>
    public async Task<ImmutableArray<(Tenant Tenant, AdministratorRole Role)>> AdministeredByAsync(
        UserId user, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await context.Administrators.AsNoTracking()
            .Where(assignment => assignment.UserId == user.Value && assignment.Role != AdministratorRole.None)
            .Join(context.Tenants, assignment => assignment.TenantId, tenant => tenant.Id, (assignment, tenant) => new { tenant, assignment.Role })
            .OrderBy(pair => pair.tenant.Name)
            .ToListAsync(cancellationToken);
        return [.. found.Select(pair => (pair.tenant, pair.Role))];
    }

    public async IAsyncEnumerable<UserId> FindAdministratorsAsync(
        OrganizationId organization, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await context.Administrators.AsNoTracking()
            .Where(a => a.TenantId == organization.Value && a.Role == AdministratorRole.SystemAdministrator)
            .Select(a => a.UserId)
            .ToListAsync(cancellationToken);
        foreach (var id in found) yield return new UserId(id);
    }

    public async ValueTask<AdministratorRole> GetRoleAsync(UserId userId, OrganizationId? organization, CancellationToken cancellationToken)
    {
        if (organization is not { } where) return AdministratorRole.None;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var assignment = await context.Administrators.AsNoTracking()
            .SingleOrDefaultAsync(a => a.TenantId == where.Value && a.UserId == userId.Value, cancellationToken);
        return assignment?.Role ?? AdministratorRole.None;
    }
}
