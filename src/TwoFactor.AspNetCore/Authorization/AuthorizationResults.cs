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
        if (services.Any(s => s.ServiceType == typeof(AuthorizationResults))) return;
        var registered = services.LastOrDefault(s => s.ServiceType == typeof(IAuthorizationMiddlewareResultHandler));
        if (registered is not null) services.Remove(registered);
        services.AddSingleton(provider => Create(provider, registered));
        services.AddSingleton<IAuthorizationMiddlewareResultHandler>(provider => provider.GetRequiredService<AuthorizationResults>());
    }

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(authorizeResult);
        if (!authorizeResult.Forbidden || DenialOf(authorizeResult.AuthorizationFailure) is not { } denial
            || !await MeetsTheRestAsync(context, policy).ConfigureAwait(false))
        {
            await inner.HandleAsync(next, context, policy, authorizeResult).ConfigureAwait(false);
            return;
        }

        // Without a session that stands there is nothing to step up: the user signs in.
        if (denial == TwoFactorDenial.NoSession)
        {
            await inner.HandleAsync(next, context, policy, PolicyAuthorizationResult.Challenge()).ConfigureAwait(false);
            return;
        }

        var path = denial == TwoFactorDenial.NotEnrolled ? _options.SetupPath : _options.StepUpPath;
        if (path is not null && IsPage(context)) Redirect(context, path);
        else await ForbidAsync(context, denial).ConfigureAwait(false);
    }

    private static TwoFactorDenial? DenialOf(AuthorizationFailure? failure)
    {
        var reasons = failure?.FailureReasons.ToList() ?? [];
        if (reasons.Count == 0 || !reasons.TrueForAll(r => r is TwoFactorFailureReason)) return null;
        return reasons.Cast<TwoFactorFailureReason>().Min(r => r.Denial);
    }

    // Whoever lacks a role as well is not sent for a code that would not help. A failure that a handler has declared does not tell what else is missing.
    private static async Task<bool> MeetsTheRestAsync(HttpContext context, AuthorizationPolicy policy)
    {
        var rest = policy.Requirements.Where(r => r is not TwoFactorRequirement).ToList();
        if (rest.Count == 0) return true;
        var authorization = context.RequestServices.GetRequiredService<IAuthorizationService>();
        return (await authorization.AuthorizeAsync(context.User, context, rest).ConfigureAwait(false)).Succeeded;
    }

    private static bool IsPage(HttpContext context)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<IAllowCookieRedirectMetadata>() is null && metadata?.GetMetadata<IDisableCookieRedirectMetadata>() is not null) return false;
        if (context.Request.Headers.XRequestedWith == "XMLHttpRequest") return false;
        return context.Request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
    }

    private void Redirect(HttpContext context, string path)
    {
        var request = context.Request;
        var here = $"{request.PathBase}{request.Path}{request.QueryString}";
        context.Response.Redirect(QueryHelpers.AddQueryString($"{request.PathBase}{path}", _options.ReturnUrlParameter, here));
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
