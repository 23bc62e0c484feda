namespace TwoFactor.Sample.Web.Hosting;

/// <summary>Headers for every response. No script, style or picture but the sample's own files; nothing of a page is kept by a cache.</summary>
public static class SecurityHeaders
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            // Pages show seeds and codes: the browser's back button asks again instead of showing a copy.
            if (context.Response.ContentType is { } type && !IsAsset(type)) headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next();
    });

    private static bool IsAsset(string contentType) =>
        contentType.StartsWith("text/css", StringComparison.Ordinal)
        || contentType.StartsWith("text/javascript", StringComparison.Ordinal)
        || contentType.StartsWith("image/", StringComparison.Ordinal);
}
