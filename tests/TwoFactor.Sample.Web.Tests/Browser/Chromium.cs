using Microsoft.Playwright;
using TwoFactor.Testing;

namespace TwoFactor.Sample.Web.Tests.Browser;

/// <summary>One Chromium for all tests of this namespace; every test gets profiles of its own in it. It ends with the run.</summary>
[SetUpFixture]
public sealed class Chromium
{
    private static IPlaywright? s_playwright;

    public static IBrowser Instance { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        foreach (var program in (string[])[ExternalTool.Chromium, "oathtool", "zbarimg"]) ExternalTool.Require(program);
        // The machine may be busy; an expectation that holds is not waited for.
        Assertions.SetDefaultExpectTimeout(20_000);
        s_playwright = await Playwright.CreateAsync();
        Instance = await s_playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = ExternalTool.Find(ExternalTool.Chromium),
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (Instance is not null) await Instance.CloseAsync();
        s_playwright?.Dispose();
    }
}
