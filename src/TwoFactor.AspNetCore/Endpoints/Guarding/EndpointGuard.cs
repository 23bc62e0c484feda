using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Problems;
using TwoFactor.AspNetCore.RateLimiting;

namespace TwoFactor.AspNetCore.Endpoints.Guarding;

/// <summary>
/// Stands before every endpoint of the API, inside of it, so that no host can map one without: who calls, from which page, with what. Whatever it lets
/// through is well-formed, and nothing that an endpoint answers is kept by a cache.
/// </summary>
internal sealed class EndpointGuard(EndpointRules rules, RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        RateLimitCheck.ThrowIfLeftOut(context);
        try
        {
            if (await RefuseAsync(context).ConfigureAwait(false) is { } problem) await problem.ExecuteAsync(context).ConfigureAwait(false);
            else await next(context).ConfigureAwait(false);
        }
        catch (RegionRefusedException e) when (!context.Response.HasStarted)
        {
            // From calls whose results have no place for it, such as reading.
            await ProblemsOf.Of(e.Reason).ExecuteAsync(context).ConfigureAwait(false);
        }
    }

    private async ValueTask<TwoFactorProblem?> RefuseAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var (caller, refusal) = await services.GetRequiredService<CallerReader>().ReadAsync(context, rules.Access).ConfigureAwait(false);
        if (caller is null) return refusal;
        caller.Attach(context);
        var maxBytes = MaxBytes(services);
        // What the headers say comes before antiforgery, which would read a form.
        if (rules.Body is { } body && BodyReader.RefuseHeaders(context, body, maxBytes) is { } unfit) return unfit;
        if (IsUnsafe(context.Request.Method) && !await services.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context).ConfigureAwait(false))
            return new(ProblemCode.AntiforgeryInvalid);
        if (rules.IsAdministrative
            && await services.GetRequiredService<AdministratorProof>().RefuseAsync(caller.SignedIn, context.RequestAborted).ConfigureAwait(false) is { } unproved)
        {
            return unproved;
        }

        if (QueryRules.Refuse(context.Request.Query, rules) is { } query) return query;
        // Elsewhere a parameter of that name is the host's.
        if (rules.IsAdministrative && context.GetRouteValue(PathUser.Name) is string user && !PathUser.TryParse(user, null, out _))
            return ProblemsOf.OfParameter(PathUser.Name, PathIds.Expected);
        return rules.Body is null ? null : await ReadBodyAsync(context, rules.Body, maxBytes).ConfigureAwait(false);
    }

    private static async ValueTask<TwoFactorProblem?> ReadBodyAsync(HttpContext context, BodyRule rule, int maxBytes)
    {
        var (value, problem) = await BodyReader.ReadAsync(context, rule, maxBytes).ConfigureAwait(false);
        if (value is not null) AttachedBody.Attach(context, value);
        return problem;
    }

    private int MaxBytes(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<TwoFactorApiOptions>>().Value;
        return rules.Body is { IsPolicy: true } ? options.MaxPolicyBytes : options.MaxBodyBytes;
    }

    private static bool IsUnsafe(string method) => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method);
}
