using System.Buffers;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TwoFactor.AspNetCore.Sessions;

namespace TwoFactor;

/// <summary>Ranges, and that the schemes named are there and are cookies.</summary>
internal sealed class TwoFactorWebOptionsValidator(IOptions<AuthenticationOptions> authentication, IServiceProvider services)
    : IValidateOptions<TwoFactorWebOptions>
{
    private static readonly SearchValues<char> s_token = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public ValidateOptionsResult Validate(string? name, TwoFactorWebOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var errors = new List<string>();
        if (SessionSchemes.NameOf(options, authentication.Value) is { } scheme) CheckScheme(errors, scheme);
        else errors.Add("Two-factor sessions need a cookie scheme: call AddAuthentication(scheme).AddCookie(scheme), or set SessionScheme to the one to use.");
        foreach (var other in options.OtherSessionSchemes) CheckScheme(errors, other);
        CheckToken(errors, nameof(options.CookieName), options.CookieName);
        CheckToken(errors, nameof(options.ReturnUrlParameter), options.ReturnUrlParameter);
        CheckPath(errors, nameof(options.StepUpPath), options.StepUpPath);
        CheckPath(errors, nameof(options.SetupPath), options.SetupPath);
        if (options.CookieSameSite is not (SameSiteMode.Lax or SameSiteMode.Strict)) errors.Add($"CookieSameSite is {options.CookieSameSite}; use Lax or Strict.");
        if (options.MaxTrustedUsersPerBrowser is < 1 or > 20)
            errors.Add(FormattableString.Invariant($"MaxTrustedUsersPerBrowser is {options.MaxTrustedUsersPerBrowser}; it must be from 1 to 20."));
        if (options.AllowInsecureCookies && services.GetService<IHostEnvironment>()?.IsDevelopment() is not true)
            errors.Add("AllowInsecureCookies is for the environment Development alone. Serve the application over https, or remove it.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private void CheckScheme(List<string> errors, string scheme)
    {
        if (!authentication.Value.SchemeMap.TryGetValue(scheme, out var builder))
            errors.Add($"There is no authentication scheme '{scheme}': add it with AddCookie, or set SessionScheme to the one to use.");
        else if (!typeof(CookieAuthenticationHandler).IsAssignableFrom(builder.HandlerType))
            errors.Add($"The authentication scheme '{scheme}' is not a cookie scheme: set SessionScheme to the one that keeps the user signed in.");
    }

    private static void CheckToken(List<string> errors, string option, string? value)
    {
        if (value is not { Length: >= 1 and <= 32 } || value.AsSpan().ContainsAnyExcept(s_token))
            errors.Add($"{option} must have 1 to 32 characters of A-Z, a-z, 0-9, '-' and '_'.");
    }

    private static void CheckPath(List<string> errors, string option, string? value)
    {
        if (value is not null && (!RedirectHttpResult.IsLocalUrl(value) || value.AsSpan().ContainsAny("?#~")))
            errors.Add($"{option} must be a path on this site that begins with '/', without query.");
    }
}
