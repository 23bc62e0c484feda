namespace TwoFactor.Sample.Web.Hosting;

/// <summary>
/// How the host's own cookies are set: <c>__Host-</c>, over https alone. In development they go over plain http as well, which browsers accept
/// without the prefix only; the cookies of the library do the same by <c>AllowInsecureCookies</c>.
/// </summary>
public static class SampleCookies
{
    public static void Set(CookieBuilder cookie, string name, SameSiteMode sameSite, bool insecure)
    {
        ArgumentNullException.ThrowIfNull(cookie);
        cookie.Name = insecure ? name : $"__Host-{name}";
        cookie.SecurePolicy = insecure ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        cookie.HttpOnly = true;
        cookie.SameSite = sameSite;
        cookie.Path = "/";
    }
}
