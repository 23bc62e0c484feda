using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TwoFactor;
using TwoFactor.AspNetCore.Endpoints;
using TwoFactor.AspNetCore.Endpoints.Guarding;

// The namespace of IServiceCollection, so that the call is found without another using.
#pragma warning disable IDE0130
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Registers what the JSON API needs.</summary>
public static class TwoFactorApiExtensions
{
    /// <summary>
    /// Adds what the endpoints of <c>MapTwoFactor</c> need beside <c>AddAspNetCore</c>: antiforgery, texts, limits. The header of antiforgery tokens is
    /// that of the application's <c>AddAntiforgery</c>; its default is <c>RequestVerificationToken</c>.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Settings.</param>
    public static TwoFactorBuilder AddTwoFactorApi(this TwoFactorBuilder builder, Action<TwoFactorApiOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var options = services.AddOptions<TwoFactorApiOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TwoFactorApiOptions>, TwoFactorApiOptionsValidator>());
        services.AddAntiforgery();
        services.TryAddSingleton<CallerReader>();
        services.TryAddSingleton<AdministratorProof>();
        return builder;
    }
}
