using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TwoFactor.Administration;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Sample.Web.Services.Enforcement;
using TwoFactor.Sample.Web.Services.Invitations;
using TwoFactor.Sample.Web.Services.Passwords;
using TwoFactor.Sample.Web.Services.Policies;
using TwoFactor.Sample.Web.Services.PendingSignIns;
using TwoFactor.Sample.Web.Services.Sessions;
using TwoFactor.Sample.Web.Services.Setup;
using TwoFactor.Sample.Web.Services.SignIns;

namespace TwoFactor.Sample.Web.Hosting;

/// <summary>What the sample registers, by concern.</summary>
public static class SampleServices
{
    public static void AddSampleData(this IServiceCollection services, DataFolder folder)
    {
        services.AddDbContextFactory<SampleDbContext>(options => options.UseSqlite(folder.ConnectionString));
        services.AddSingleton<UserDirectory>();
        services.AddSingleton<TenantDirectory>();
        services.AddSingleton<IAdministratorRoles>(provider => provider.GetRequiredService<TenantDirectory>());
    }

    /// <summary>The whole of what a host writes to have the library.</summary>
    public static void AddSampleTwoFactor(this IServiceCollection services, DataFolder folder, IConfiguration configuration) =>
        services.AddTwoFactor(options => configuration.GetSection("TwoFactor").Bind(options))
            .AddEntityFrameworkStore<SampleDbContext>()
            .AddEntityFrameworkDirectory()
            .UseAuthorizer<RoleBasedAuthorizer>()
            .UseSecretKeys(SeedKeyFile.KeyId, [new(SeedKeyFile.KeyId, SeedKeyFile.ReadOrCreate(folder.SeedKeys))]);

    public static void AddSampleSessions(this IServiceCollection services, DataFolder folder)
    {
        services.AddSingleton<AdjustableClock>();
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<AdjustableClock>());
        services.AddDataProtection().SetApplicationName("TwoFactor.Sample").PersistKeysToFileSystem(folder.CookieKeys);
        services.AddAuthentication(SessionCookie.Scheme)
            .AddCookie(SessionCookie.Scheme, SessionCookie.Configure)
            .AddCookie(PendingSignInCookie.Scheme, PendingSignInCookie.Configure);
        services.AddSingleton<SessionValidator>();

        // OWASP's figure for PBKDF2 with HMAC-SHA-512, which is what the hasher uses.
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 210_000);
        services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        services.AddSingleton<PasswordCheck>();
        services.AddSingleton<OfferTicket>();
        services.AddSingleton<InvitationLink>();
        services.AddSingleton<FirstFactor>();
        services.AddSingleton<SetupCompletion>();
        services.AddSingleton<EnforcementNotice>();
        services.AddSingleton<GroupNames>();
    }

    public static void AddSamplePages(this IServiceCollection services)
    {
        // Closed unless a page says [AllowAnonymous].
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "larkspur.form";
            options.Cookie.SameSite = SameSiteMode.Strict;
        });
        services.AddRouting(options => options.LowercaseUrls = true);
        services.AddRazorPages();
    }
}
