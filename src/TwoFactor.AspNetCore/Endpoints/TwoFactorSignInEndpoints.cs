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

namespace Microsoft.AspNetCore.Builder;

/// <summary>The second factor of a half-finished sign-in.</summary>
public static class TwoFactorSignInEndpoints
{
    /// <summary><c>GET /sign-in</c>: what the half-finished sign-in of this browser waits for.</summary>
    public static RouteHandlerBuilder MapTwoFactorPendingSignIn(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/sign-in", Get).Apply(endpoints, new()
    {
        Name = "GetPendingSignIn",
        Tag = Tags.SignIn,
        Summary = "What the half-finished sign-in waits for",
        Access = Access.Pending,
    });

    /// <summary><c>POST /sign-in/verify</c>: the code; a right one signs in.</summary>
    public static RouteHandlerBuilder MapTwoFactorVerify(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/sign-in/verify", VerifyAsync).Apply(endpoints, new()
    {
        Name = "VerifySignIn",
        Tag = Tags.SignIn,
        Summary = "Enter the code of a half-finished sign-in",
        Description = "A right code sets the session cookie and ends the half-finished sign-in. Get a new antiforgery token afterwards.",
        Access = Access.PendingCode,
        Body = BodyRule.Of<VerifySignInRequest>(),
        IsCostly = true,
        Problems = [.. CodeProblems.All, ProblemCode.StartOver, ProblemCode.SignInVoid],
    });

    /// <summary><c>DELETE /sign-in</c>: forgets the half-finished sign-in of this browser.</summary>
    public static RouteHandlerBuilder MapTwoFactorCancelSignIn(this IEndpointRouteBuilder endpoints) => endpoints.MapDelete("/sign-in", Cancel).Apply(endpoints, new()
    {
        Name = "CancelSignIn",
        Tag = Tags.SignIn,
        Summary = "Forget the half-finished sign-in",
        Access = Access.Pending,
        Body = BodyRule.None,
    });

    private static TwoFactorAnswer<PendingSignInResponse> Get(Caller caller) => new(PendingSignInResponse.Of(caller.Pending!));

    private static NoContent Cancel(HttpContext context, [FromServices] WebSignIn signIn)
    {
        signIn.Cancel(context);
        return TypedResults.NoContent();
    }

    private static async Task<Results<TwoFactorAnswer<SignedInResponse>, TwoFactorProblem>> VerifyAsync(
        HttpContext context, JsonBody<VerifySignInRequest> body, [FromServices] WebSignIn signIn, [FromServices] TimeProvider time)
    {
        var request = body.Required;
        if (!WireNames.TryParse<MfaFactorType>(request.Factor, out var factor)) return ProblemsOf.OfBody("$.factor", CodeProblems.Factors);
        return await signIn.VerifyAsync(context, factor, request.Code, request.TrustDevice, context.RequestAborted).ConfigureAwait(false) switch
        {
            WebVerifyResult.SignedIn signedIn => new TwoFactorAnswer<SignedInResponse>(SignedInResponse.Of(signedIn)),
            WebVerifyResult.Refused refused => ProblemsOf.Of(refused.Refusal, time.GetUtcNow()),
            WebVerifyResult.LockedOut locked => ProblemsOf.Of(locked.Lock, time.GetUtcNow()),
            WebVerifyResult.StartOver => new TwoFactorProblem(ProblemCode.StartOver),
            WebVerifyResult.NoSignIn => new TwoFactorProblem(ProblemCode.SignInVoid),
            var other => throw ProblemsOf.Unknown(other),
        };
    }
}
