using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TwoFactor.AspNetCore.TrustedDevices;

namespace TwoFactor.AspNetCore.Identity;

/// <summary>Refuses to start a host in which a later registration took Identity's managers away from us: it would sign users in without a code.</summary>
internal sealed class TwoFactorIdentityStartupCheck<TUser>(IServiceProvider services) : IHostedService where TUser : class
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scope = services.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            if (scope.ServiceProvider.GetService<BrowserTrust>() is null)
                throw new InvalidOperationException("AddTwoFactorCore() needs the two-factor services of the web: call AddTwoFactor(...).AddAspNetCore().");
            Check<UserManager<TUser>, TwoFactorUserManager<TUser>>(scope.ServiceProvider);
            // An application without authentication schemes signs nobody in.
            if (scope.ServiceProvider.GetService<IAuthenticationSchemeProvider>() is null) return;
            Check<SignInManager<TUser>, TwoFactorSignInManager<TUser>>(scope.ServiceProvider);
            Check<ISecurityStampValidator, SessionKeepingStampValidator<TUser>>(scope.ServiceProvider);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void Check<TService, TOurs>(IServiceProvider services) where TService : class where TOurs : TService
    {
        var service = services.GetRequiredService<TService>();
        if (service is not TOurs)
        {
            throw new InvalidOperationException(
                $"{service.GetType()} is registered after AddTwoFactorCore() and would pass over the second factor. Derive it from {typeof(TOurs)}, or call AddTwoFactorCore() last.");
        }
    }
}
