using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TwoFactor.AspNetCore.Problems;
using TwoFactor.AspNetCore.RateLimiting;

namespace TwoFactor.AspNetCore.Endpoints.Guarding;

/// <summary>Puts the guard before an endpoint, and says in its metadata what there is to know.</summary>
internal static class EndpointDescription
{
    /// <summary>Applies the rules to an endpoint that was just mapped.</summary>
    public static RouteHandlerBuilder Apply(this RouteHandlerBuilder builder, IEndpointRouteBuilder endpoints, EndpointRules rules)
    {
        ThrowIfMissing(endpoints, rules);
        var problems = AllProblems(rules);
        builder.WithName("TwoFactor" + rules.Name).WithTags(rules.Tag).WithSummary(rules.Summary).WithDescription(Describe(rules, problems)).WithMetadata(rules);
        // Without media types, or the router would answer another one itself, with a status and no word; descriptions take JSON for granted.
        if (rules.Body is { } body) builder.WithMetadata(new AcceptsMetadata([], body.Type.Type, body.IsOptional));
        foreach (var status in problems.Select(code => code.Status).Distinct().Order())
            builder.Produces<ProblemResponse>(status, TwoFactorProblem.MediaType);
        // Where the host's own policies refuse, a status helps a program, and a page to sign in at does not.
        builder.DisableCookieRedirect();
        // A policy of the host for all endpoints would keep half-finished sign-ins out, which are no session; the guard knows them.
        if (rules.Access is not Access.Session) builder.AllowAnonymous();
        if (RateLimitCheck.IsOn(endpoints.ServiceProvider)) builder.RequireRateLimiting(rules.IsCostly ? TwoFactorRateLimits.Costly : TwoFactorRateLimits.Ordinary);
        // Last, and so outermost: nothing that a host adds to the endpoint comes before it.
        builder.Finally(b => b.RequestDelegate = new EndpointGuard(rules, b.RequestDelegate!).InvokeAsync);
        return builder;
    }

    /// <summary>The codes that a caller may see: the endpoint's, and those of the guard that can occur.</summary>
    public static ImmutableArray<ProblemCode> AllProblems(EndpointRules rules)
    {
        var codes = ImmutableArray.CreateBuilder<ProblemCode>();
        codes.Add(rules.Access is Access.Session or Access.SessionOrPending ? ProblemCode.Unauthenticated : ProblemCode.NoPendingSignIn);
        codes.Add(ProblemCode.ParameterInvalid);
        codes.Add(ProblemCode.RateLimited);
        codes.Add(ProblemCode.RegionRefused);
        if (rules.IsAdministrative) codes.Add(ProblemCode.StepUpRequired);
        if (rules.Body is { } body)
        {
            codes.AddRange(
                ProblemCode.AntiforgeryInvalid, ProblemCode.UnsupportedMediaType, ProblemCode.BodyTooLarge, ProblemCode.BodyUnreadable, ProblemCode.JsonMalformed,
                ProblemCode.BodyInvalid);
            if (!body.IsOptional) codes.Add(ProblemCode.BodyMissing);
        }

        codes.AddRange(rules.Problems);
        return [.. codes.Distinct()];
    }

    private static void ThrowIfMissing(IEndpointRouteBuilder endpoints, EndpointRules rules)
    {
        var registered = endpoints.ServiceProvider.GetRequiredService<IServiceProviderIsService>();
        if (!registered.IsService(typeof(CallerReader)))
            throw new InvalidOperationException("The endpoints of two-factor authentication need their services: call AddTwoFactor(...).AddAspNetCore().AddTwoFactorApi().");
        if (rules.Needs is { } needed && !registered.IsService(needed))
            throw new InvalidOperationException($"The endpoint {rules.Name} needs an {needed.Name}, which is not registered: see TwoFactorBuilder, or leave the endpoint out.");
    }

    private static string Describe(EndpointRules rules, ImmutableArray<ProblemCode> problems)
    {
        var parameters = string.Concat(rules.Query.Select(rule => $"\n- `{rule.Name}`{(rule.IsRequired ? " (required)" : "")}: {rule.Expected}"));
        return (rules.Description is null ? "" : rules.Description + "\n\n")
            + (parameters.Length == 0 ? "" : "Parameters:" + parameters + "\n\n")
            + "Problem codes: " + string.Join(", ", problems.Select(code => $"`{code.Name}`")) + ".";
    }
}
