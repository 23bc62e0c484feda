using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using TwoFactor;
using TwoFactor.AspNetCore.Identity;

// The namespace of IServiceCollection, so that the call is found without another using.
#pragma warning disable IDE0130
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Joins ASP.NET Core Identity to the two-factor services.</summary>
public static class TwoFactorIdentityBuilderExtensions
{
    /// <summary>
    /// Makes Identity's two-factor calls go through the services of <c>AddTwoFactor(...).AddAspNetCore()</c>, which must be added as well. Call it last: after
    /// <c>AddIdentity</c>, <c>AddDefaultIdentity</c> or <c>AddIdentityCore</c>, stores, token providers and managers. A user manager or sign-in
    /// manager of the application's own derives from <see cref="TwoFactorUserManager{TUser}"/> or <see cref="TwoFactorSignInManager{TUser}"/>.
    /// </summary>
    /// <typeparam name="TUser">The application's user type, that of <paramref name="builder"/>.</typeparam>
    /// <exception cref="InvalidOperationException">The type is not the builder's, or a manager is registered that derives from neither.</exception>
    public static IdentityBuilder AddTwoFactorCore<TUser>(this IdentityBuilder builder, Action<TwoFactorIdentityOptions>? configure = null) where TUser : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.UserType != typeof(TUser))
            throw new InvalidOperationException($"Identity was added for {builder.UserType}: call AddTwoFactorCore<{builder.UserType.Name}>().");
        var services = builder.Services;
        Replace<UserManager<TUser>, TwoFactorUserManager<TUser>>(services, typeof(AspNetUserManager<TUser>));
        Replace<SignInManager<TUser>, TwoFactorSignInManager<TUser>>(services);
        services.Replace(ServiceDescriptor.Scoped<ISecurityStampValidator, SessionKeepingStampValidator<TUser>>());
        services.AddHttpContextAccessor();
        services.AddDataProtection();
        services.PostConfigure<TwoFactorWebOptions>(web => web.SessionScheme ??= IdentityConstants.ApplicationScheme);
        var options = services.AddOptions<TwoFactorIdentityOptions>()
            .Validate(o => Enum.IsDefined(o.ExistingAuthenticators), "TwoFactorIdentityOptions.ExistingAuthenticators must be Refuse or AcceptUntilReplaced.")
            .Validate(o => o.ConfigureRequest is not null, "TwoFactorIdentityOptions.ConfigureRequest must not be null: return the request as it is given.")
            .ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        services.TryAddScoped<IdentityRequestState>();
        services.TryAddScoped<IdentitySessions>();
        services.TryAddScoped<IdentityAccounts>();
        services.TryAddSingleton<IdentitySignIns>();
        services.TryAddSingleton<IdentityTrust>();
        services.TryAddSingleton<PendingAuthenticatorCookie>();
        services.TryAddTransient<TwoFactorTokenProvider<TUser>>();
        // After everything that configures, so that AddDefaultTokenProviders may come before or after.
        services.PostConfigure<IdentityOptions>(options =>
            options.Tokens.ProviderMap[options.Tokens.AuthenticatorTokenProvider] = new TokenProviderDescriptor(typeof(TwoFactorTokenProvider<TUser>)));
        services.Configure<MvcOptions>(options => options.Filters.Add<ReauthenticationFilter>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TwoFactorIdentityStartupCheck<TUser>>());
        return builder;
    }

    private static void Replace<TService, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TOurs>(
        IServiceCollection services, params Type[] stock) where TService : class where TOurs : class, TService
    {
        var present = services.LastOrDefault(descriptor => descriptor.ServiceType == typeof(TService))?.ImplementationType;
        if (typeof(TOurs).IsAssignableFrom(present)) return;
        if (present is not null && present != typeof(TService) && !stock.Contains(present))
            throw new InvalidOperationException($"{present} must derive from {typeof(TOurs)}: change its base class. It would pass over the second factor.");
        services.Replace(ServiceDescriptor.Scoped<TService, TOurs>());
    }
}
