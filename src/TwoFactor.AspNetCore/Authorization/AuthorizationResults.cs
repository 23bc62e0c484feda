using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace TwoFactor.AspNetCore.Authorization;

/// <summary>
/// Answers requests that fail a two-factor requirement and nothing else: a page goes to the step-up or to the set-up and comes back, anything else gets
/// 403 with a stable code. Every other result is the application's own handler's, or the framework's.
/// </summary>
internal sealed class AuthorizationResults(IAuthorizationMiddlewareResultHandler inner, IOptions<TwoFactorWebOptions> options)
    : IAuthorizationMiddlewareResultHandler
{
    private readonly TwoFactorWebOptions _options = options.Value;

    /// <summary>Puts itself before the handler that is registered.</summary>
    public static void Add(IServiceCollection services)
    {
        var registered = services.LastOrDefault(s => s.ServiceType == typeof(IAuthorizationMiddlewareResultHandler));
        if (registered is { ImplementationFactory: { } mine } && mine.Method.DeclaringType == typeof(AuthorizationResults)) return;
        if (registered is not null) services.Remove(registered);
        services.AddSingleton<IAuthorizationMiddlewareResultHandler>(provider => Create(provider, registered));
    }

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(authorizeResult);
        if (!authorizeResult.Forbidden || DenialOf(authorizeResult.AuthorizationFailure) is not { } denial)
            return inner.HandleAsync(next, context, policy, authorizeResult);
        // Without a session that stands there is nothing to step up: the user signs in.
        if (denial == TwoFactorDenial.NoSession) return inner.HandleAsync(next, context, policy, PolicyAuthorizationResult.Challenge());
        var path = denial == TwoFactorDenial.NotEnrolled ? _options.SetupPath : _options.StepUpPath;
        return path is not null && IsPage(context) ? RedirectAsync(context, path) : ForbidAsync(context, denial);
    }

    // Null unless two-factor requirements are all that failed: whoever lacks a role as well is not sent to a code page first.
    private static TwoFactorDenial? DenialOf(AuthorizationFailure? failure)
    {
        var reasons = failure?.FailureReasons.ToList() ?? [];
        if (reasons.Count == 0 || !reasons.TrueForAll(r => r is TwoFactorFailureReason)) return null;
        if (failure!.FailedRequirements.Any(r => r is not TwoFactorRequirement)) return null;
        return reasons.Cast<TwoFactorFailureReason>().Min(r => r.Denial);
    }

    private static bool IsPage(HttpContext context)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<IAllowCookieRedirectMetadata>() is null && metadata?.GetMetadata<IDisableCookieRedirectMetadata>() is not null) return false;
        if (context.Request.Headers.XRequestedWith == "XMLHttpRequest") return false;
        return context.Request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
    }

    private Task RedirectAsync(HttpContext context, string path)
    {
        var request = context.Request;
        var here = $"{request.PathBase}{request.Path}{request.QueryString}";
        context.Response.Redirect(QueryHelpers.AddQueryString($"{request.PathBase}{path}", _options.ReturnUrlParameter, here));
        return Task.CompletedTask;
    }

    private static Task ForbidAsync(HttpContext context, TwoFactorDenial denial) => TypedResults.Problem(
        statusCode: StatusCodes.Status403Forbidden,
        title: denial == TwoFactorDenial.NotEnrolled ? "An authenticator must be set up first." : "A second factor must be proved first.",
        extensions: new Dictionary<string, object?> { ["code"] = TwoFactorDenialCodes.CodeOf(denial) }).ExecuteAsync(context);

    private static AuthorizationResults Create(IServiceProvider provider, ServiceDescriptor? registered)
    {
        var inner = registered switch
        {
            { ImplementationInstance: IAuthorizationMiddlewareResultHandler instance } => instance,
            { ImplementationFactory: { } factory } => (IAuthorizationMiddlewareResultHandler)factory(provider),
            { ImplementationType: { } type } => (IAuthorizationMiddlewareResultHandler)ActivatorUtilities.CreateInstance(provider, type),
            _ => new AuthorizationMiddlewareResultHandler(),
        };
        return new AuthorizationResults(inner, provider.GetRequiredService<IOptions<TwoFactorWebOptions>>());
    }
}
