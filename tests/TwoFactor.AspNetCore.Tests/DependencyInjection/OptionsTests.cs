using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using TwoFactor.AspNetCore.Setup;
using TwoFactor.AspNetCore.SignIn;
using TwoFactor.Cryptography;

namespace TwoFactor.AspNetCore.Tests.DependencyInjection;

/// <summary>Settings at their boundaries, and the object graph.</summary>
public class OptionsTests
{
    private static readonly object?[][] s_good =
    [
        [nameof(TwoFactorWebOptions.MaxTrustedUsersPerBrowser), 1], [nameof(TwoFactorWebOptions.MaxTrustedUsersPerBrowser), 20],
        [nameof(TwoFactorWebOptions.CookieName), "a"], [nameof(TwoFactorWebOptions.CookieName), new string('a', 32)],
        [nameof(TwoFactorWebOptions.CookieSameSite), SameSiteMode.Strict], [nameof(TwoFactorWebOptions.StepUpPath), "/security/verify"],
        [nameof(TwoFactorWebOptions.SetupPath), "/"], [nameof(TwoFactorWebOptions.StepUpPath), null], [nameof(TwoFactorWebOptions.ReturnUrlParameter), "back_to"],
        [nameof(TwoFactorWebOptions.SessionScheme), "Session"],
    ];

    private static readonly object?[][] s_bad =
    [
        [nameof(TwoFactorWebOptions.MaxTrustedUsersPerBrowser), 0], [nameof(TwoFactorWebOptions.MaxTrustedUsersPerBrowser), 21],
        [nameof(TwoFactorWebOptions.CookieName), ""], [nameof(TwoFactorWebOptions.CookieName), new string('a', 33)], [nameof(TwoFactorWebOptions.CookieName), "a;b"],
        [nameof(TwoFactorWebOptions.CookieName), null], [nameof(TwoFactorWebOptions.CookieSameSite), SameSiteMode.None],
        [nameof(TwoFactorWebOptions.CookieSameSite), SameSiteMode.Unspecified], [nameof(TwoFactorWebOptions.StepUpPath), "https://evil.example"],
        [nameof(TwoFactorWebOptions.StepUpPath), "//evil.example"], [nameof(TwoFactorWebOptions.StepUpPath), "verify"], [nameof(TwoFactorWebOptions.SetupPath), "~/x"],
        [nameof(TwoFactorWebOptions.SetupPath), "/x?y=1"], [nameof(TwoFactorWebOptions.SetupPath), ""], [nameof(TwoFactorWebOptions.ReturnUrlParameter), "a b"],
        [nameof(TwoFactorWebOptions.SessionScheme), "Other"], [nameof(TwoFactorWebOptions.SessionScheme), "Bearer"], [nameof(TwoFactorWebOptions.AllowInsecureCookies), true],
    ];

    [TestCaseSource(nameof(s_good))]
    public void What_is_in_range_starts(string option, object? value) =>
        Assert.That(() => Build(options => Set(options, option, value)).GetRequiredService<WebSignIn>(), Throws.Nothing);

    [TestCaseSource(nameof(s_bad))]
    public void What_is_not_does_not_and_is_named(string option, object? value) => Assert.That(
        () => Build(options => Set(options, option, value)).GetRequiredService<IStartupValidator>().Validate(),
        Throws.InstanceOf<OptionsValidationException>().With.Message.Contains(option == "SessionScheme" ? "scheme" : option));

    [Test]
    public void Without_a_cookie_scheme_the_host_does_not_start_and_says_what_to_call() => Assert.That(
        () => Build(null, schemes: services => services.AddAuthentication()).GetRequiredService<IStartupValidator>().Validate(),
        Throws.InstanceOf<OptionsValidationException>().With.Message.Contains("AddCookie"));

    [Test]
    public void The_only_scheme_is_the_session_and_of_two_the_default() => Assert.Multiple(() =>
    {
        Assert.That(
            () => Build(null, schemes: services => services.AddAuthentication().AddCookie("Only")).GetRequiredService<IStartupValidator>().Validate(), Throws.Nothing);
        Assert.That(
            () => Build(null, schemes: services => services.AddAuthentication("B").AddCookie("A").AddCookie("B")).GetRequiredService<IStartupValidator>().Validate(),
            Throws.Nothing);
        Assert.That(
            () => Build(null, schemes: services => services.AddAuthentication().AddCookie("A").AddCookie("B")).GetRequiredService<IStartupValidator>().Validate(),
            Throws.InstanceOf<OptionsValidationException>());
    });

    [Test]
    public void Settings_come_from_configuration()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["CookieName"] = "acme",
            ["CookieSameSite"] = "Strict",
            ["StepUpPath"] = "/verify",
            ["OtherSessionSchemes:0"] = "Session",
        }).Build();
        var options = Build(o => configuration.Bind(o)).GetRequiredService<IOptions<TwoFactorWebOptions>>().Value;

        Assert.That(
            (options.CookieName, options.CookieSameSite, options.StepUpPath, options.OtherSessionSchemes.Single()), Is.EqualTo(("acme", SameSiteMode.Strict, "/verify", "Session")));
    }

    [Test]
    public void Registering_twice_changes_nothing()
    {
        using var provider = Build(null, twice: true);
        Assert.That(provider.GetServices<WebSetup>().Count(), Is.EqualTo(1));
        var events = provider.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get("Session").Events;
        Assert.That(events.GetType().Name, Is.EqualTo("SessionEvents"));
    }

    [Test]
    public void Other_schemes_are_left_alone()
    {
        using var provider = Build(null, schemes: services => services.AddAuthentication("Session").AddCookie("Session").AddCookie("External"));
        var events = provider.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get("External").Events;
        Assert.That(events.GetType(), Is.EqualTo(typeof(CookieAuthenticationEvents)));
    }

    private static ServiceProvider Build(Action<TwoFactorWebOptions>? configure, Action<IServiceCollection>? schemes = null, bool twice = false)
    {
        var services = new ServiceCollection();
        if (schemes is not null) schemes(services);
        else services.AddAuthentication("Session").AddCookie("Session").AddScheme<AuthenticationSchemeOptions, Bearer>("Bearer", null);
        var builder = services.AddTwoFactor(options => options.Issuer = "Acme").UseInMemoryStore()
            .UseSecretKeys("k1", [new("k1", Convert.ToBase64String(SecretKeyRing.GenerateKey()))]).AddAspNetCore(configure);
        if (twice) builder.AddAspNetCore();
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    private static void Set(TwoFactorWebOptions options, string property, object? value) => typeof(TwoFactorWebOptions).GetProperty(property)!.SetValue(options, value);

    private sealed class Bearer(
        IOptionsMonitor<AuthenticationSchemeOptions> options, Microsoft.Extensions.Logging.ILoggerFactory logger, System.Text.Encodings.Web.UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());
    }
}
