using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NUnit.Framework.Interfaces;
using TwoFactor.Accounts;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Sample.Web.Tests.Hosting;

namespace TwoFactor.Sample.Web.Tests.Browser;

/// <summary>
/// A sample with an empty database and somebody in front of a browser. No page may log an error: a script or style that the
/// Content-Security-Policy stops would be one.
/// </summary>
public abstract class BrowserTest
{
    private const string Refusal = "Failed to load resource: the server responded with a status of 40";

    private readonly List<string> _consoleErrors = [];
    private readonly List<IBrowserContext> _contexts = [];

    protected SampleApp App { get; private set; } = null!;

    protected Visitor Visitor { get; private set; } = null!;

    protected IPage Page => Visitor.Page;

    protected virtual string[] Settings => [];

    /// <summary>True in tests that ask for what is refused: the browser logs an answer of 403 or 404 as an error.</summary>
    protected virtual bool MayLogRefusals => false;

    [SetUp]
    public async Task OpenAsync()
    {
        _consoleErrors.Clear();
        _contexts.Clear();
        App = new SampleApp(settings: Settings);
        Visitor = await VisitorAsync();
    }

    [TearDown]
    public async Task CloseAsync()
    {
        if (TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed) await Visitor.ScreenshotAsync($"failed-{TestContext.CurrentContext.Test.MethodName}");
        foreach (var context in _contexts) await context.CloseAsync();
        await App.DisposeAsync();
        Assert.That(_consoleErrors, Is.Empty, "errors in the browser's console");
    }

    protected async Task<string> IdOfAsync(DemoAccount account) =>
        (await App.Services.GetRequiredService<UserDirectory>().FindByEmailAsync(account.Email))!.Id;

    /// <summary>Somebody with an authenticator, without a browser, at a moment when the app shows a code that was not used yet.</summary>
    protected async Task<(Authenticator Phone, string[] BackupCodes)> EnrolAsync(DemoAccount account) => await App.EnrolAsync(new UserId(await IdOfAsync(account)));

    /// <summary>Another browser: no cookie is shared with the first.</summary>
    protected async Task<Visitor> VisitorAsync(BrowserNewContextOptions? options = null)
    {
        options ??= new BrowserNewContextOptions();
        options.BaseURL = App.Address.ToString();
        options.ViewportSize ??= new ViewportSize { Width = 1280, Height = 900 };
        var context = await Chromium.Instance.NewContextAsync(options);
        context.SetDefaultTimeout(30_000);
        _contexts.Add(context);
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !(MayLogRefusals && message.Text.StartsWith(Refusal, StringComparison.Ordinal))) _consoleErrors.Add(message.Text);
        };
        return new Visitor(page, App);
    }
}
