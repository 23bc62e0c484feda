using Microsoft.AspNetCore.HttpOverrides;

namespace TwoFactor.Sample.Web.Hosting;

/// <summary>
/// Outside of development every cookie is for https alone, so over plain http nobody could sign in: that is said instead. A proxy on this machine
/// may end TLS in front of the sample.
/// </summary>
public static class HttpsOnly
{
    private const string Answer =
        "Outside of the environment Development this sample is served over https only. Give it an https address with --urls, or put a proxy that ends TLS in front of it.\n";

    public static void UseHttpsOnly(this WebApplication app)
    {
        if (app.Environment.IsDevelopment()) return;
        // Believed from this machine only, which is the default.
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedProto });
        app.UseHsts();
        app.Use((context, next) => context.Request.IsHttps ? next(context) : Results.Text(Answer, statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context));
    }
}
