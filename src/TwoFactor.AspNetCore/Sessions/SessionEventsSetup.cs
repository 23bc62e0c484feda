using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace TwoFactor.AspNetCore.Sessions;

/// <summary>Puts the check into the session schemes, whatever events the application has given them, in whatever order.</summary>
internal sealed class SessionEventsSetup(IServiceProvider services) : IPostConfigureOptions<CookieAuthenticationOptions>
{
    public void PostConfigure(string? name, CookieAuthenticationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Events is SessionEvents || !services.GetRequiredService<SessionSchemes>().Contains(name)) return;
        options.Events = new SessionEvents(options.Events, options.EventsType, services.GetRequiredService<SessionValidator>());
        options.EventsType = null;
    }
}
