using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Cryptography;
using TwoFactor.Enforcement;
using TwoFactor.Enrollment;
using TwoFactor.Organizations;
using TwoFactor.Status;
using TwoFactor.Storage;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Support;

/// <summary>A small application on a real port of Kestrel: everything is real but the clock, and hashes of backup codes are cheap.</summary>
internal sealed class WebApp : IAsyncDisposable
{
    public const string Scheme = "Session";
    public const string SessionCookie = "app-session";
    public const string PendingCookie = "__Host-2fa-sign-in";

    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private WebApp(WebApplication app, HttpClient client, ManualTimeProvider clock, LogSink logs)
    {
        (_app, _client, Clock, Logs) = (app, client, clock, logs);
        Store = (HookedStore)app.Services.GetRequiredService<IAccountStore>();
    }

    public ManualTimeProvider Clock { get; }

    public DateTimeOffset Now => Clock.Now;

    public LogSink Logs { get; }

    public HookedStore Store { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts it.</summary>
    /// <param name="web">This package's settings.</param>
    /// <param name="core">The core's settings.</param>
    /// <param name="cookie">The application's cookie.</param>
    /// <param name="services">Registrations after all others.</param>
    /// <param name="map">Further endpoints.</param>
    /// <param name="environment">The host's environment.</param>
    /// <param name="build">More of the builder.</param>
    /// <param name="first">Registrations before all others.</param>
    public static async Task<WebApp> StartAsync(
        Action<TwoFactorWebOptions>? web = null, Action<TwoFactorOptions>? core = null, Action<CookieAuthenticationOptions>? cookie = null,
        Action<IServiceCollection>? services = null, Action<WebApplication>? map = null, string environment = "Production",
        Action<TwoFactorBuilder>? build = null, Action<IServiceCollection>? first = null)
    {
        var clock = new ManualTimeProvider();
        var logs = new LogSink();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        builder.Host.UseDefaultServiceProvider(options => options.ValidateOnBuild = options.ValidateScopes = true);
        first?.Invoke(builder.Services);
        builder.Services.AddRouting();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        builder.Services.AddAuthentication(Scheme).AddCookie(Scheme, options =>
        {
            options.Cookie.Name = SessionCookie;
            options.TimeProvider = clock;
            options.ExpireTimeSpan = TimeSpan.FromDays(60);
            cookie?.Invoke(options);
        });
        var memory = new InMemoryAccountStore();
        var twoFactor = builder.Services.AddTwoFactor(options =>
        {
            options.Issuer = "Acme";
            options.BackupCodes.MemoryKiB = 7168;
            options.BackupCodes.Iterations = 1;
            core?.Invoke(options);
        });
        twoFactor.UseInMemoryStore().UseStore(_ => new HookedStore(memory)).UseInMemoryDirectory()
            .UseSecretKeys("k1", [new("k1", Convert.ToBase64String(SecretKeyRing.GenerateKey()))])
            .AddAspNetCore(web);
        build?.Invoke(twoFactor);
        services?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseExceptionHandler(handler => handler.Run(context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        }));
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        Endpoints.Map(app);
        map?.Invoke(app);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(address) };
        return new WebApp(app, client, clock, logs);
    }

    public Browser NewBrowser() => new(_client);

    /// <summary>A user with an authenticator.</summary>
    public async Task<Person> EnrolAsync(string id)
    {
        var user = new UserId(id);
        var enrollment = Services.GetRequiredService<EnrollmentService>();
        var started = (BeginEnrollmentResult.Started)await enrollment.BeginAsync(user, id);
        var phone = Phone.Scan(started.Offer.Uri);
        var confirmed = (ConfirmEnrollmentResult.Confirmed)await enrollment.ConfirmAsync(user, started.Offer.EnrollmentId, phone.CodeAt(Now));
        return new Person(user, phone, [.. confirmed.BackupCodes], confirmed.Proof);
    }

    /// <summary>A browser in which the user has signed in with a code.</summary>
    public async Task<Browser> SignInAsync(Person person, bool trust = false)
    {
        var browser = NewBrowser();
        await browser.PostAsync("/sign-in", ("user", person.Id.Value));
        await browser.PostAsync("/verify", ("code", Code(person)), ("trust", trust ? "true" : null));
        return browser;
    }

    /// <summary>A code that was not used before.</summary>
    public string Code(Person person)
    {
        Clock.Advance(TimeSpan.FromSeconds(30));
        return person.Phone.CodeAt(Now);
    }

    public async Task<AccountStatus> StatusAsync(UserId user) => await Services.GetRequiredService<AccountStatusService>().GetAsync(user);

    /// <summary>An organisation that requires an authenticator of everyone since a month ago, and its only member.</summary>
    public async Task RequireOfAsync(string user, Func<OrganizationPolicy, OrganizationPolicy>? change = null, TimeSpan grace = default)
    {
        var organization = new OrganizationId("acme");
        var policy = OrganizationPolicy.NewFor(organization) with
        {
            Version = 1,
            Rules = [new EnforcementRule { Id = "all", Start = Now.AddDays(-30), Grace = grace }],
        };
        await Services.GetRequiredService<IOrganizationStore>().TrySaveAsync(
            new Organization { Id = organization, Policy = change?.Invoke(policy) ?? policy }, 0, [], CancellationToken.None);
        Services.GetRequiredService<InMemoryDirectory>().Join(organization, new UserId(user), Now.AddDays(-30));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        // Seen with a test that fails.
        foreach (var entry in Logs.Entries.Where(e => e.Level >= LogLevel.Error)) await TestContext.Out.WriteLineAsync($"{entry.Category}: {entry.Text}");
        await _app.DisposeAsync();
    }
}

/// <summary>A user with a phone.</summary>
internal sealed record Person(UserId Id, Phone Phone, string[] BackupCodes, Proof Proof);
