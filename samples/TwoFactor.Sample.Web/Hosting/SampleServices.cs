using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using TwoFactor.Administration;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Sample.Web.Services.Enforcement;
using TwoFactor.Sample.Web.Services.Invitations;
using TwoFactor.Sample.Web.Services.Passwords;
using TwoFactor.Sample.Web.Services.Policies;
using TwoFactor.Sample.Web.Services.Sessions;
using TwoFactor.Sample.Web.Services.SignIns;

namespace TwoFactor.Sample.Web.Hosting;

/// <summary>What the sample registers, by concern.</summary>
public static class SampleServices
{
    public static void AddSampleData(this IServiceCollection services, SampleDatabase database)
    {
        services.AddDbContextFactory<SampleDbContext>(database.Configure);
        services.AddSingleton<UserDirectory>();
        services.AddSingleton<TenantDirectory>();
        services.AddSingleton<IAdministratorRoles>(provider => provider.GetRequiredService<TenantDirectory>());
    }

    /// <summary>The whole of what a host writes to have the library, in its services and in its web pages.</summary>
    public static void AddSampleTwoFactor(
        this IServiceCollection services, DataFolder folder, IConfiguration configuration, IHostEnvironment environment) =>
        services.AddTwoFactor(options => configuration.GetSection("TwoFactor").Bind(options))
            .AddEntityFrameworkStore<SampleDbContext>()
            .AddEntityFrameworkDirectory()
            .UseAuthorizer<RoleBasedAuthorizer>()
            .UseSecretKeys(SeedKeyFile.KeyId, [new(SeedKeyFile.KeyId, SeedKeyFile.ReadOrCreate(folder.SeedKeys))])
            .AddAspNetCore(web =>
            {
                web.CookieName = "larkspur";
                web.StepUpPath = "/security/verify";
                web.SetupPath = "/security/authenticator";
                web.AllowInsecureCookies = environment.IsDevelopment();
            });

    public static void AddSampleSessions(this IServiceCollection services, DataFolder folder, IHostEnvironment environment)
    {
        services.AddSingleton<AdjustableClock>();
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<AdjustableClock>());
        services.AddDataProtection().SetApplicationName("TwoFactor.Sample").PersistKeysToFileSystem(folder.CookieKeys);
        services.AddAuthentication(SessionScheme.Name)
            .AddCookie(SessionScheme.Name, options => SessionScheme.Configure(options, environment.IsDevelopment()));

        // OWASP's figure for PBKDF2 with HMAC-SHA-512, which is what the hasher uses.
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 210_000);
        services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        services.AddSingleton<PasswordCheck>();
        services.AddSingleton<PasswordChange>();
        services.AddSingleton<InvitationLink>();
        services.AddSingleton<FirstFactor>();
        services.AddSingleton<EnforcementNotice>();
        services.AddSingleton<GroupNames>();
        services.AddSingleton<PolicyPreviewer>();
    }

    public static void AddSamplePages(this IServiceCollection services, IHostEnvironment environment)
    {
        // Closed unless a page says [AllowAnonymous].
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddAntiforgery(options => SampleCookies.Set(options.Cookie, "larkspur.form", SameSiteMode.Strict, environment.IsDevelopment()));
        services.Configure<CookieTempDataProviderOptions>(
            options => SampleCookies.Set(options.Cookie, "larkspur.notes", SameSiteMode.Lax, environment.IsDevelopment()));
        services.AddRouting(options => options.LowercaseUrls = true);
        services.AddRazorPages().AddMvcOptions(options => options.Filters.Add<KnownHandlersOnly>());
    }
}
