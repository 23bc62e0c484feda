using Microsoft.AspNetCore.Http;

namespace TwoFactor;

/// <summary>
/// The settings of <c>AddAspNetCore</c>. Every member can be bound from configuration. They are validated when the host starts and have no
/// effect when changed later.
/// </summary>
public sealed class TwoFactorWebOptions
{
    /// <summary>
    /// The cookie scheme that a finished sign-in is written to, and whose sessions are checked at every request. Null (the default) for the
    /// application's default scheme.
    /// </summary>
    public string? SessionScheme { get; set; }

    /// <summary>Further cookie schemes whose sessions are checked like those of <see cref="SessionScheme"/>. Default: none.</summary>
    public IList<string> OtherSessionSchemes { get; } = [];

    /// <summary>
    /// What the names of this package's cookies begin with, after <c>__Host-</c>: 1 to 32 characters of <c>A-Z a-z 0-9 - _</c>; default
    /// <c>2fa</c>. Applications that share a host name need different ones.
    /// </summary>
    public string CookieName { get; set; } = "2fa";

    /// <summary>
    /// <see cref="SameSiteMode.Lax"/> (the default) or <see cref="SameSiteMode.Strict"/>. Strict breaks sign-ins that come back from another
    /// site: single sign-on, third-party logins and links in e-mails.
    /// </summary>
    public SameSiteMode CookieSameSite { get; set; } = SameSiteMode.Lax;

    /// <summary>
    /// How many users of one browser may have it trusted at once: the oldest cookie makes room. 1 to 20; default 5.
    /// </summary>
    public int MaxTrustedUsersPerBrowser { get; set; } = 5;

    /// <summary>
    /// True lets this package's cookies go over plain http, without the <c>__Host-</c> prefix, which browsers accept over https only. Default
    /// false. Outside of the environment <c>Development</c> the host does not start with it.
    /// </summary>
    public bool AllowInsecureCookies { get; set; }

    /// <summary>
    /// The page that asks a signed-in user for a fresh code, such as <c>/security/verify</c>: a path on this site. Null (the default) answers
    /// 403 instead of redirecting.
    /// </summary>
    public string? StepUpPath { get; set; }

    /// <summary>
    /// The page where a signed-in user sets up an authenticator, such as <c>/security/authenticator</c>: a path on this site. Null (the
    /// default) answers 403 instead of redirecting.
    /// </summary>
    public string? SetupPath { get; set; }

    /// <summary>
    /// The query parameter that tells both pages where to go back to: 1 to 32 characters of <c>A-Z a-z 0-9 - _</c>; default <c>returnUrl</c>.
    /// </summary>
    public string ReturnUrlParameter { get; set; } = "returnUrl";
}
