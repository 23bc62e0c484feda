using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using TwoFactor.Sample.Web.Hosting;

namespace TwoFactor.Sample.Web.Tests.Hosting;

/// <summary>The sample as it ships, on a loopback port that a browser can reach, with a data folder of its own.</summary>
public sealed class SampleApp : WebApplicationFactory<Program>
{
    // 30-second boundaries of Unix time are also boundaries of ticks, which count from a midnight.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly string[] _settings;
    private readonly string _environment;

    /// <param name="environment">The environment; the development page exists in Development only.</param>
    /// <param name="settings">What would stand on the command line, as <c>TwoFactor:Lockout:Preset=AdminUnlock</c>.</param>
    public SampleApp(string environment = "Development", params string[] settings)
    {
        (_environment, _settings) = (environment, settings);
        UseKestrel(0);
        StartServer();
    }

    public Uri Address => new(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public string DataFolder => _folder.Path;

    public AdjustableClock Clock => Services.GetRequiredService<AdjustableClock>();

    /// <summary>
    /// Moves the clock to the very beginning of a later step: the app shows a code that it never showed, and shows it for 30 seconds.
    /// </summary>
    public void NextStep(int steps = 1)
    {
        var intoStep = Clock.GetUtcNow().Ticks % Step.Ticks;
        Clock.Offset += (Step * steps) - TimeSpan.FromTicks(intoStep);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(_environment);
        builder.UseSetting("urls", "http://127.0.0.1:0");
        builder.UseSetting("Sample:DataFolder", _folder.Path);
        foreach (var setting in _settings.Select(setting => setting.Split('=', 2))) builder.UseSetting(setting[0], setting[1]);
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
