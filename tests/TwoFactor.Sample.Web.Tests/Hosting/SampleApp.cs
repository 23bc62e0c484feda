using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using TwoFactor.Accounts;
using TwoFactor.Enrollment;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Sample.Web.Hosting;

namespace TwoFactor.Sample.Web.Tests.Hosting;

/// <summary>
/// The sample as it ships, on a loopback port that a browser can reach, with a data folder of its own. Only passwords are hashed cheaply:
/// each start hashes those of all demo accounts.
/// </summary>
public sealed class SampleApp : WebApplicationFactory<Program>
{
    // 30-second boundaries of Unix time are also boundaries of ticks, which count from a midnight.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    private static readonly Lazy<X509Certificate2> s_certificate = new(MakeCertificate);

    private readonly TemporaryFolder _folder = new();
    private readonly string[] _settings;
    private readonly string _environment;

    /// <param name="environment">The environment; the development page exists in Development only.</param>
    /// <param name="settings">What would stand on the command line, as <c>TwoFactor:Lockout:Preset=AdminUnlock</c>.</param>
    public SampleApp(string environment = "Development", params string[] settings)
    {
        (_environment, _settings) = (environment, settings);
        // Outside of development it is served over https alone.
        if (environment == "Development") UseKestrel(0);
        else UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(s_certificate.Value)));
        StartServer();
    }

    public Uri Address => new(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public string DataFolder => _folder.Path;

    /// <summary>How often the sample would iterate a password's hash; known once one was hashed.</summary>
    public int PasswordIterations { get; private set; }

    public AdjustableClock Clock => Services.GetRequiredService<AdjustableClock>();

    /// <summary>
    /// Moves the clock to the very beginning of a later step: the app shows a code that it never showed, and shows it for 30 seconds.
    /// </summary>
    public void NextStep(int steps = 1)
    {
        var intoStep = Clock.GetUtcNow().Ticks % Step.Ticks;
        Clock.Offset += (Step * steps) - TimeSpan.FromTicks(intoStep);
    }

    /// <summary>A user's authenticator and ten codes, set up through the services; the app then shows a code that was not used.</summary>
    public async Task<(Authenticator Phone, string[] BackupCodes)> EnrolAsync(UserId user)
    {
        var enrollment = Services.GetRequiredService<EnrollmentService>();
        var name = (await Services.GetRequiredService<UserDirectory>().FindAsync(user))!.Email;
        var started = (BeginEnrollmentResult.Started)await enrollment.BeginAsync(user, name);
        var phone = new Authenticator(started.Offer.Uri, Clock.GetUtcNow);
        var confirmed = (ConfirmEnrollmentResult.Confirmed)await enrollment.ConfirmAsync(user, started.Offer.EnrollmentId, phone.Code());
        NextStep();
        return (phone, [.. confirmed.BackupCodes]);
    }

    /// <summary>A client without a browser: it follows no redirect, and believes this app's certificate.</summary>
    public HttpClient NewClient(CookieContainer? cookies = null) => new(new HttpClientHandler
    {
        AllowAutoRedirect = false,
        UseCookies = cookies is not null,
        CookieContainer = cookies ?? new CookieContainer(),
        ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate?.Thumbprint == s_certificate.Value.Thumbprint,
    })
    { BaseAddress = Address };

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(_environment);
        if (_environment == "Development") builder.UseSetting("urls", "http://127.0.0.1:0");
        builder.UseSetting("Sample:DataFolder", _folder.Path);
        builder.ConfigureTestServices(services => services.PostConfigure<PasswordHasherOptions>(options =>
            (PasswordIterations, options.IterationCount) = (options.IterationCount, 1_000)));
        foreach (var setting in _settings.Select(setting => setting.Split('=', 2))) builder.UseSetting(setting[0], setting[1]);
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing) return;
        // Pooled connections keep files open.
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }
}
