using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.AspNetCore.Authorization;
using TwoFactor.AspNetCore.Identity;
using TwoFactor.Auditing;
using TwoFactor.EntityFrameworkCore;
using TwoFactor.Status;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Identity;

/// <summary>The application's users, in Identity's own tables.</summary>
internal sealed class UserContext(DbContextOptions<UserContext> options) : IdentityDbContext<IdentityUser>(options);

/// <summary>
/// An application with ASP.NET Core Identity, its unedited default pages and SQLite files, on a port of Kestrel; with two-factor authentication of
/// this package, or, as a control, Identity's own.
/// </summary>
internal sealed class IdentityApp : IAsyncDisposable
{
    public const string Password = "Correct-horse-7";
    public const string Admin = "administrator";
    private readonly string _folder;
    private readonly WebApplication _app;

    private IdentityApp(string folder, WebApplication app, ManualTimeProvider clock) => (_folder, _app, Clock) = (folder, app, clock);

    public ManualTimeProvider Clock { get; }

    public DateTimeOffset Now => Clock.Now;

    public Uri Address => new(_app.Urls.First());

    public IServiceProvider Services => _app.Services;

    public static async Task<IdentityApp> StartAsync(
        bool stock = false, Action<TwoFactorOptions>? twoFactor = null, Action<TwoFactorIdentityOptions>? configure = null,
        Action<IServiceCollection>? services = null, Action<TwoFactorBuilder>? build = null, Action<IdentityBuilder>? identity = null,
        Action<WebApplication>? endpoints = null, Action<TwoFactorWebOptions>? web = null, Func<IServiceCollection, IdentityBuilder>? add = null)
    {
        var folder = Directory.CreateTempSubdirectory("twofactor-identity-").FullName;
        try
        {
            var (app, clock) = Build(folder, stock, twoFactor, configure, services, build, identity, endpoints, web, add);
            return await RunAsync(folder, app, clock);
        }
        catch
        {
            // A host that is not meant to start.
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    private static (WebApplication App, ManualTimeProvider Clock) Build(
        string folder, bool stock, Action<TwoFactorOptions>? twoFactor, Action<TwoFactorIdentityOptions>? configure,
        Action<IServiceCollection>? services, Action<TwoFactorBuilder>? build, Action<IdentityBuilder>? identity,
        Action<WebApplication>? endpoints, Action<TwoFactorWebOptions>? web, Func<IServiceCollection, IdentityBuilder>? add)
    {
        // Later than any real clock, so that cookies with an expiry are kept by a client that has a real one.
        var clock = new ManualTimeProvider(new DateTimeOffset(2041, 3, 4, 9, 0, 0, TimeSpan.Zero));
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ContentRootPath = folder });
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(stock ? TimeProvider.System : clock);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddDbContext<UserContext>(options => options.UseSqlite($"Data Source={folder}/users.db"));
        var users = (add ?? (services => services.AddIdentity<IdentityUser, IdentityRole>()))(builder.Services)
            .AddEntityFrameworkStores<UserContext>().AddDefaultTokenProviders().AddDefaultUI();
        if (!stock)
        {
            var two = builder.Services.AddTwoFactor(options =>
            {
                options.Issuer = "Acme";
                options.BackupCodes.MemoryKiB = 7168;
                options.BackupCodes.Iterations = 1;
                options.Administration.RequireOwnSecondFactor = false;
                twoFactor?.Invoke(options);
            });
            two.UseSecretKeys("k1", [new("k1", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))])
                .AddEntityFrameworkStore(options => options.UseSqlite($"Data Source={folder}/two-factor.db"))
                .UseAuthorizer<TheAdministrator>()
                .AddAspNetCore(options =>
                {
                    options.AllowInsecureCookies = true;
                    web?.Invoke(options);
                });
            build?.Invoke(two);
            identity?.Invoke(users);
            users.AddTwoFactorCore<IdentityUser>(configure);
        }

        builder.Services.AddRazorPages().ConfigureApplicationPartManager(parts => parts.ApplicationParts.Add(new CompiledRazorAssemblyPart(typeof(IdentityApp).Assembly)));
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapRazorPages();
        app.MapGet("/", () => "home");
        app.MapGet("/secret", (HttpContext context) => $"secret of {context.User.Identity!.Name}").RequireAuthorization();
        app.MapGet("/proved", () => "proved").RequireAuthorization(new RequireFreshTwoFactorAttribute());
        endpoints?.Invoke(app);
        return (app, clock);
    }

    private static async Task<IdentityApp> RunAsync(string folder, WebApplication app, ManualTimeProvider clock)
    {
        try
        {
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<UserContext>().Database.EnsureCreatedAsync();
            if (scope.ServiceProvider.GetService<IDbContextFactory<TwoFactorDbContext>>() is { } factory)
            {
                await using var context = await factory.CreateDbContextAsync();
                await context.Database.EnsureTwoFactorSchemaAsync();
            }

            await app.StartAsync();
            return new IdentityApp(folder, app, clock);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs against the managers, as a background job does: without a request.</summary>
    public async Task<T> WithUsersAsync<T>(Func<UserManager<IdentityUser>, Task<T>> action)
    {
        await using var scope = Services.CreateAsyncScope();
        return await action(scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser>>());
    }

    /// <summary>A user who exists, with the password.</summary>
    public Task<UserId> AddUserAsync(string email) => WithUsersAsync(async users =>
    {
        var user = new IdentityUser(email) { Email = email };
        var result = await users.CreateAsync(user, Password);
        return result.Succeeded ? new UserId(user.Id) : throw new InvalidOperationException(result.ToString());
    });

    public ValueTask<AccountStatus> StatusAsync(UserId user) => Services.GetRequiredService<AccountStatusService>().GetAsync(user);

    /// <summary>Time passes until apps show another code.</summary>
    public void NextCode() => Clock.Advance(TimeSpan.FromSeconds(30));

    public ValueTask<AdministrationResult> ResetAsync(UserId user) =>
        Services.GetRequiredService<AdministrationService>().ResetAsync(new UserId(Admin), user, "lost phone", "recognised on a call");

    /// <summary>The names of the user's audit records, oldest first.</summary>
    public async Task<List<string>> AuditNamesAsync(UserId user) => [.. (await AuditAsync(user)).Select(e => e.Name)];

    /// <summary>The user's audit records, oldest first.</summary>
    public async Task<List<AuditEvent>> AuditAsync(UserId user)
    {
        var page = await Services.GetRequiredService<IAuditReader>().QueryAsync(new AuditQuery { Subject = user, PageSize = 500 }, CancellationToken.None);
        return [.. page.Events.Reverse()];
    }

    /// <summary>Identity's own tables.</summary>
    public UserContext Tables() => new(new DbContextOptionsBuilder<UserContext>().UseSqlite($"Data Source={_folder}/users.db").Options);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class TheAdministrator : ITwoFactorAuthorizer
    {
        public ValueTask<bool> IsAllowedAsync(AdministrativeRequest request, CancellationToken cancellationToken) => new(request.Actor.Value == Admin);
    }
}
