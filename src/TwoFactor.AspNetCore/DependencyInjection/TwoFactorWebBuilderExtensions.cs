using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TwoFactor;
using TwoFactor.AspNetCore.Authorization;
using TwoFactor.AspNetCore.Cookies;
using TwoFactor.AspNetCore.DataProtection;
using TwoFactor.AspNetCore.PendingSignIns;
using TwoFactor.AspNetCore.Sessions;
using TwoFactor.AspNetCore.Setup;
using TwoFactor.AspNetCore.SignIn;
using TwoFactor.AspNetCore.TrustedDevices;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;

// The namespace of IServiceCollection, so that the call is found without another using.
#pragma warning disable IDE0130
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Brings two-factor authentication into an ASP.NET Core application.</summary>
public static class TwoFactorWebBuilderExtensions
{
    /// <summary>
    /// Adds <see cref="WebSignIn"/> and <see cref="WebSetup"/>, checks the sessions of the application's cookie scheme at every request, and
    /// adds the authorization requirements. The application adds its cookie scheme itself: <c>AddAuthentication(scheme).AddCookie(scheme)</c>.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Settings; the defaults serve an application with one cookie scheme.</param>
    public static TwoFactorBuilder AddAspNetCore(this TwoFactorBuilder builder, Action<TwoFactorWebOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var options = services.AddOptions<TwoFactorWebOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TwoFactorWebOptions>, TwoFactorWebOptionsValidator>());
        services.AddDataProtection();
        services.AddRouting();
        services.AddAuthorization();
        services.AddLogging();

        services.TryAddSingleton<SessionSchemes>();
        services.TryAddSingleton<SessionValidator>();
        services.TryAddSingleton<SessionCookie>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<CookieAuthenticationOptions>, SessionEventsSetup>());
        services.TryAddSingleton<WebCookies>();
        services.TryAddSingleton<PendingSignInCookie>();
        services.TryAddSingleton<TrustCookies>();
        services.TryAddSingleton<OfferTickets>();
        services.TryAddSingleton<BrowserTrust>();
        services.TryAddSingleton(provider => new WebSignIn(
            provider.GetRequiredService<SignInService>(), provider.GetRequiredService<SessionCookie>(), provider.GetRequiredService<PendingSignInCookie>(),
            provider.GetRequiredService<BrowserTrust>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<WebSignIn>>()));
        services.TryAddSingleton(provider => new WebSetup(
            provider.GetRequiredService<EnrollmentService>(), provider.GetRequiredService<SignInService>(), provider.GetRequiredService<WebSignIn>(),
            provider.GetRequiredService<SessionCookie>(), provider.GetRequiredService<PendingSignInCookie>(), provider.GetRequiredService<OfferTickets>(),
            provider.GetRequiredService<BrowserTrust>(), provider.GetRequiredService<TimeProvider>()));

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthorizationHandler, TwoFactorRequirementHandler>());
        AuthorizationResults.Add(services);
        return builder;
    }

    /// <summary>
    /// Encrypts seeds by ASP.NET Core Data Protection instead of by keys of their own. Persist its key ring, share it among all nodes, and keep its keys as
    /// long as there are seeds: without a key the seeds under it cannot be verified.
    /// </summary>
    public static TwoFactorBuilder UseDataProtection(this TwoFactorBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddDataProtection();
        return builder.UseSecretProtector(provider => new DataProtectionSecretProtector(
            provider.GetRequiredService<IDataProtectionProvider>(), provider.GetRequiredService<IKeyManager>(), provider.GetRequiredService<TimeProvider>()));
    }
}
