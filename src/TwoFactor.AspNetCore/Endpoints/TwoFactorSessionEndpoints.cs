using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Endpoints;
using TwoFactor.AspNetCore.Endpoints.Contracts;
using TwoFactor.AspNetCore.Endpoints.Guarding;
using TwoFactor.AspNetCore.Problems;
using TwoFactor.AspNetCore.SignIn;
using TwoFactor.SignIn;
using TwoFactor.Status;

namespace Microsoft.AspNetCore.Builder;

/// <summary>The session: where its user stands, a fresh proof, and the token that changes need.</summary>
public static class TwoFactorSessionEndpoints
{
    /// <summary><c>GET /antiforgery</c>: a token for the caller as he is now, and its cookie.</summary>
    public static RouteHandlerBuilder MapTwoFactorAntiforgery(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/antiforgery", GetToken).Apply(endpoints, new()
    {
        Name = "GetAntiforgeryToken",
        Tag = Tags.Own,
        Summary = "Get the antiforgery token that every change needs",
        Description = "The token is the caller's: get a new one after signing in or out. It goes into the header that the answer names.",
        Access = Access.SessionOrPending,
    });

    /// <summary><c>GET /status</c>: where the caller stands.</summary>
    public static RouteHandlerBuilder MapTwoFactorStatus(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/status", GetStatusAsync).Apply(endpoints, new()
    {
        Name = "GetStatus",
        Tag = Tags.Own,
        Summary = "Where the caller stands",
        Access = Access.Session,
    });

    /// <summary><c>POST /step-up</c>: a code inside the session, for a fresh proof.</summary>
    public static RouteHandlerBuilder MapTwoFactorStepUp(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/step-up", StepUpAsync).Apply(endpoints, new()
    {
        Name = "StepUp",
        Tag = Tags.Own,
        Summary = "Enter a code for a fresh proof",
        Description = "The answer to `step_up_required`. It charges the same budget as a sign-in.",
        Access = Access.Session,
        Body = BodyRule.Of<StepUpRequest>(),
        IsCostly = true,
        Problems = [.. CodeProblems.All, ProblemCode.NotEnrolled],
    });

    private static TwoFactorAnswer<AntiforgeryResponse> GetToken(HttpContext context, [FromServices] IAntiforgery antiforgery)
    {
        var tokens = antiforgery.GetAndStoreTokens(context);
        // Storing sets a weaker header of its own.
        context.Response.Headers.CacheControl = "no-store";
        return new(new AntiforgeryResponse(tokens.HeaderName!, tokens.RequestToken!));
    }

    private static async Task<TwoFactorAnswer<StatusResponse>> GetStatusAsync(
        Caller caller, [FromServices] AccountStatusService accounts, [FromServices] SignInService signIn, CancellationToken cancellationToken)
    {
        var session = caller.SignedIn;
        var status = await accounts.GetAsync(session.UserId, cancellationToken).ConfigureAwait(false);
        var request = new SignInRequest(session.UserId) { Method = session.Method, Client = session.Client };
        return new(StatusResponse.Of(status, session.Proof, await signIn.CheckSessionAsync(request, session.Proof, cancellationToken).ConfigureAwait(false)));
    }

    private static async Task<Results<TwoFactorAnswer<SteppedUpResponse>, TwoFactorProblem>> StepUpAsync(
        HttpContext context, JsonBody<StepUpRequest> body, [FromServices] WebSignIn signIn, [FromServices] TimeProvider time)
    {
        var request = body.Required;
        if (!WireNames.TryParse<MfaFactorType>(request.Factor, out var factor)) return ProblemsOf.OfBody("$.factor", CodeProblems.Factors);
        return await signIn.StepUpAsync(context, factor, request.Code, null, context.RequestAborted).ConfigureAwait(false) switch
        {
            WebStepUpResult.Proved proved => new TwoFactorAnswer<SteppedUpResponse>(new(ProofResponse.Of(proved.Session.Proof!), proved.BackupCodesLeft)),
            WebStepUpResult.Refused refused => ProblemsOf.Of(refused.Refusal, time.GetUtcNow()),
            WebStepUpResult.NotEnrolled => new TwoFactorProblem(ProblemCode.NotEnrolled),
            WebStepUpResult.SessionEnded => new TwoFactorProblem(ProblemCode.Unauthenticated),
            var other => throw ProblemsOf.Unknown(other),
        };
    }
}
