using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TwoFactor.AspNetCore.Problems;
using TwoFactor.AspNetCore.RateLimiting;

namespace TwoFactor.AspNetCore.Endpoints.Guarding;

/// <summary>Puts the guard before an endpoint, and says in its metadata what there is to know.</summary>
internal static class EndpointDescription
{
    private const string Json = "application/json";

    /// <summary>Applies the rules to an endpoint that was just mapped.</summary>
    public static RouteHandlerBuilder Apply(this RouteHandlerBuilder builder, IEndpointRouteBuilder endpoints, EndpointRules rules)
    {
        var problems = AllProblems(rules);
        builder.WithName("TwoFactor" + rules.Name).WithTags(rules.Tag).WithSummary(rules.Summary).WithDescription(Describe(rules, problems)).WithMetadata(rules);
        if (rules.Body is { } body) builder.Accepts(body.Type.Type, body.IsOptional, Json);
        foreach (var status in problems.Select(code => code.Status).Distinct().Order())
            builder.Produces<ProblemResponse>(status, TwoFactorProblem.MediaType);
        // Whoever has no session is told so by the guard, in the API's own words; a page to sign in at helps no program.
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

    private static string Describe(EndpointRules rules, ImmutableArray<ProblemCode> problems)
    {
        var parameters = string.Concat(rules.Query.Select(rule => $"\n- `{rule.Name}`{(rule.IsRequired ? " (required)" : "")}: {rule.Expected}"));
        return (rules.Description is null ? "" : rules.Description + "\n\n")
            + (parameters.Length == 0 ? "" : "Parameters:" + parameters + "\n\n")
            + "Problem codes: " + string.Join(", ", problems.Select(code => $"`{code.Name}`")) + ".";
    }
}
