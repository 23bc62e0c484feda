using Microsoft.EntityFrameworkCore;

namespace TwoFactor.Sample.Web.Data;

/// <summary>Makes the tables and the demo accounts at the first start.</summary>
public static class DatabaseInitializer
{
    public static async Task RunAsync(IServiceProvider services)
    {
        var contexts = services.GetRequiredService<IDbContextFactory<SampleDbContext>>();
        await using (var context = await contexts.CreateDbContextAsync())
        {
            await context.Database.EnsureCreatedAsync();
            await context.Database.EnsureTwoFactorSchemaAsync();
        }

        // One by one, so that a start that was interrupted is made good by the next.
        var users = services.GetRequiredService<UserDirectory>();
        foreach (var account in DemoAccounts.All)
        {
            if (await users.FindByEmailAsync(account.Email) is null) await users.AddAsync(account.Name, account.Email, account.Password);
        }
    }
}
