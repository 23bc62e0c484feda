using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.AspNetCore.SignIn;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;
using TwoFactor.Storage;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Endpoints.Support;

/// <summary>How an application is put together, where a test needs it otherwise.</summary>
internal sealed record AppSetup
{
    public Action<TwoFactorOptions>? Options { get; init; }

    public Action<TwoFactorBuilder>? Build { get; init; }

    public Action<WebApplication>? Pipeline { get; init; }

    public Action<WebApplication> Map { get; init; } = app => app.MapGroup("/2fa").MapTwoFactor();

    public Action<IServiceCollection>? Services { get; init; }

    public Action<IEndpointConventionBuilder> MapSignIn { get; init; } = _ => { };

    public string Environment { get; init; } = "Production";
}

/// <summary>
/// An application with the API on a real port: everything real but the clock, the first factor, and cheap hashes. Ada and Bob belong to Acme, Gus to
/// Globex, Sue to both; Ada administrates Acme, Gus Globex.
/// </summary>
internal sealed class ApiApp : IAsyncDisposable
{
    public const string Acme = "acme";
    public const string Globex = "globex";
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private ApiApp(WebApplication app, ManualTimeProvider clock, SwitchableProtector protector)
    {
        (_app, Clock, Protector) = (app, clock, protector);
        Store = app.Services.GetRequiredService<SwitchableStore>();
        Directory = app.Services.GetRequiredService<InMemoryDirectory>();
        Address = new Uri(app.Urls.Single());
        _http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    public ManualTimeProvider Clock { get; }

    public DateTimeOffset Now => Clock.Now;

    public SwitchableProtector Protector { get; }

    public SwitchableStore Store { get; }

    public InMemoryDirectory Directory { get; }

    public Uri Address { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>All endpoints of the API.</summary>
    public IReadOnlyList<RouteEndpoint> Endpoints =>
        [.. _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.RoutePattern.RawText!.StartsWith("/2fa", StringComparison.Ordinal))];

    public static async Task<ApiApp> StartAsync(AppSetup? setup = null)
    {
        setup ??= new AppSetup();
        var (clock, protector) = (new ManualTimeProvider(), new SwitchableProtector());
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = setup.Environment, ApplicationName = typeof(ApiApp).Assembly.GetName().Name });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddAuthentication("Session").AddCookie("Session");
        builder.Services.AddSingleton(new Roles());
        builder.Services.AddSingleton<IAdministratorRoles>(provider => provider.GetRequiredService<Roles>());
        builder.Services.AddSingleton(provider => new SwitchableStore(provider.GetRequiredService<InMemoryAccountStore>()));
        var twoFactor = builder.Services.AddTwoFactor(options =>
        {
            options.Issuer = "Acme";
            options.BackupCodes.MemoryKiB = 7168;
            options.BackupCodes.Iterations = 1;
            setup.Options?.Invoke(options);
        });
        twoFactor.UseInMemoryStore().UseInMemoryDirectory().UseStore(provider => provider.GetRequiredService<SwitchableStore>())
            .UseSecretProtector(_ => protector).UseAuthorizer<RoleBasedAuthorizer>().AddAspNetCore().AddTwoFactorApi();
        setup.Build?.Invoke(twoFactor);
        setup.Services?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseAuthentication();
        setup.Pipeline?.Invoke(app);
        setup.MapSignIn(app.MapPost("/sign-in", PassAsync));
        setup.Map(app);
        await app.StartAsync();
        var api = new ApiApp(app, clock, protector);
        api.Populate(app.Services.GetRequiredService<Roles>());
        return api;
    }

    public ApiClient NewClient() => new(_http);

    /// <summary>A client whose user has passed the first factor; what follows is in its cookies.</summary>
    public async Task<ApiClient> PassFirstFactorAsync(string user, ApiClient? client = null)
    {
        client ??= NewClient();
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("user", user)]);
        var answer = await client.SendAsync(HttpMethod.Post, "/sign-in", form);
        Assert.That((int)answer.Status, Is.EqualTo(200), answer.ToString);
        return client;
    }

    /// <summary>Signed in by the first factor alone, with a token.</summary>
    public async Task<ApiClient> SignInWithoutFactorAsync(string user)
    {
        var client = await PassFirstFactorAsync(user);
        return await client.WithTokenAsync();
    }

    /// <summary>Sets up an authenticator through the API; the client's session has the fresh proof, and the app moves on to its next code.</summary>
    public async Task<Enrolled> EnrollAsync(string user)
    {
        var client = await SignInWithoutFactorAsync(user);
        return await EnrollAsync(user, client);
    }

    public async Task<Enrolled> EnrollAsync(string user, ApiClient client)
    {
        var offer = (await client.PostAsync("/2fa/enrollment")).MustSucceed();
        var app = AuthenticatorApp.Type(offer["manualKey"].GetString()!);
        var confirmed = (await client.PostAsync("/2fa/enrollment/confirm", new { ticket = offer["ticket"].GetString(), code = app.CodeAt(Now) })).MustSucceed();
        NextCode();
        return new Enrolled(user, client, app, [.. confirmed["backupCodes"].EnumerateArray().Select(code => code.GetString()!)]);
    }

    /// <summary>Passed the first factor and is asked for a code, with a token.</summary>
    public async Task<ApiClient> HalfSignInAsync(string user, ApiClient? client = null) => await (await PassFirstFactorAsync(user, client)).WithTokenAsync();

    /// <summary>A whole sign-in of a user with an authenticator, in a new browser.</summary>
    public async Task<ApiClient> SignInAsync(Enrolled user, ApiClient? client = null, bool trust = false)
    {
        client = await HalfSignInAsync(user.Name, client);
        (await client.PostAsync("/2fa/sign-in/verify", new { factor = "totp", code = user.App.CodeAt(Now), trustDevice = trust })).MustSucceed();
        NextCode();
        return await client.WithTokenAsync();
    }

    public void NextCode() => Clock.Advance(TimeSpan.FromSeconds(30));

    /// <summary>Saves a policy past the API.</summary>
    public async Task SavePolicyAsync(string organization, Func<OrganizationPolicy, OrganizationPolicy> change, string administrator = "root")
    {
        var policies = Services.GetRequiredService<PolicyAdministrationService>();
        var read = (ReadPolicyResult.Found)await policies.ReadAsync(new UserId(administrator), new OrganizationId(organization));
        var saved = await policies.SaveAsync(new UserId(administrator), change(read.Policy));
        Assert.That(saved, Is.InstanceOf<SavePolicyResult.Saved>());
    }

    /// <summary>From now on everybody in the organisation must have an authenticator, without grace.</summary>
    public Task RequireOfEveryoneAsync(string organization, TimeSpan? grace = null) => SavePolicyAsync(organization, policy => policy with
    {
        Rules = [new EnforcementRule { Id = "all", Start = Now - TimeSpan.FromDays(1), Grace = grace ?? TimeSpan.Zero }],
    });

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private void Populate(Roles roles)
    {
        foreach (var (user, organization) in new[] { ("ada", Acme), ("bob", Acme), ("eve", Acme), ("gus", Globex), ("sue", Acme), ("sue", Globex) })
        {
            Directory.Put(new DirectoryUser(new UserId(user), char.ToUpperInvariant(user[0]) + user[1..], $"{user}@example.org"));
            Directory.Join(new OrganizationId(organization), new UserId(user), Now - TimeSpan.FromDays(30));
        }

        roles.Set("ada", Acme, AdministratorRole.SystemAdministrator);
        roles.Set("gus", Globex, AdministratorRole.SystemAdministrator);
        roles.Set("root", Acme, AdministratorRole.SystemAdministrator);
        roles.Set("root", Globex, AdministratorRole.SystemAdministrator);
    }

    private static async Task<string> PassAsync(HttpContext context, WebSignIn signIn)
    {
        var user = (await context.Request.ReadFormAsync())["user"].ToString();
        var first = new PassedFirstFactor(new UserId(user)) { Claims = [new Claim(ClaimTypes.Email, $"{user}@example.org")], ReturnUrl = "/inbox" };
        return (await signIn.BeginAsync(context, first)).GetType().Name;
    }
}

/// <summary>A user with an authenticator.</summary>
internal sealed record Enrolled(string Name, ApiClient Client, AuthenticatorApp App, IReadOnlyList<string> BackupCodes);
