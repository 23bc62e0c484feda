using Microsoft.EntityFrameworkCore;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Enforcement;
using TwoFactor.EntityFrameworkCore;

namespace TwoFactor.Sample.Web.Data;

/// <summary>Makes the tables, the demo organisations and the demo accounts at the first start.</summary>
public static class DatabaseInitializer
{
    public static async Task RunAsync(IServiceProvider services)
    {
        var contexts = services.GetRequiredService<IDbContextFactory<SampleDbContext>>();
        await using (var context = await contexts.CreateDbContextAsync())
        {
            await context.Database.EnsureCreatedAsync();
            await context.Database.EnsureTwoFactorSchemaAsync();
            var known = await context.Tenants.Select(tenant => tenant.Id).ToListAsync();
            context.AddRange(DemoAccounts.Organizations.Where(tenant => !known.Contains(tenant.Id)));
            await context.SaveChangesAsync();
        }

        // One by one, so that a start that was interrupted is made good by the next.
        var users = services.GetRequiredService<UserDirectory>();
        foreach (var account in DemoAccounts.All)
        {
            if (await users.FindByEmailAsync(account.Email) is { IsActivated: true }) continue;
            var user = await users.AddAsync(account.Name, account.Email, account.Password) ?? await users.FindByEmailAsync(account.Email);
            await SeatAsync(services, user!.UserId, account);
            await users.MarkActivatedAsync(user.UserId);
        }

        if (await users.FindByEmailAsync(DemoAccounts.Invited.Email) is null)
        {
            var invited = await users.AddAsync(DemoAccounts.Invited.Name, DemoAccounts.Invited.Email, null);
            await SeatAsync(services, invited!.UserId, DemoAccounts.Invited);
        }

        await BeginPolicyOfFernhillAsync(services, users);
    }

    private static async Task SeatAsync(IServiceProvider services, UserId user, DemoAccount account)
    {
        var members = services.GetRequiredService<EntityFrameworkDirectory>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        foreach (var seat in account.Seats)
        {
            var organization = new OrganizationId(seat.TenantId);
            await members.JoinAsync(organization, user, now, seat.Kind, seat.IdentityProvider);
            if (seat.Group is { } group) await members.JoinGroupAsync(organization, user, group, now);
            if (seat.Role != AdministratorRole.None) await AssignAsync(services, seat, user);
        }
    }

    private static async Task AssignAsync(IServiceProvider services, DemoSeat seat, UserId user)
    {
        await using var context = await services.GetRequiredService<IDbContextFactory<SampleDbContext>>().CreateDbContextAsync();
        if (await context.Administrators.AnyAsync(a => a.TenantId == seat.TenantId && a.UserId == user.Value)) return;
        context.Add(new AdministratorAssignment { TenantId = seat.TenantId, UserId = user.Value, Role = seat.Role });
        await context.SaveChangesAsync();
    }

    /// <summary>Fernhill has single sign-on, and requires a second factor of whoever comes from outside. Larkspur begins without a policy.</summary>
    private static async Task BeginPolicyOfFernhillAsync(IServiceProvider services, UserDirectory users)
    {
        var policies = services.GetRequiredService<PolicyAdministrationService>();
        var fernhill = new OrganizationId("fernhill");
        var administrator = (await users.FindByEmailAsync("petra@example.com"))!.UserId;
        if (await policies.ReadAsync(administrator, fernhill) is not ReadPolicyResult.Found { Policy.Version: 0 }) return;
        var start = services.GetRequiredService<TimeProvider>().GetUtcNow();
        await policies.SaveAsync(administrator, PolicyPresets.RequiredWithoutSso(fernhill, start, sso: true));
    }
}
