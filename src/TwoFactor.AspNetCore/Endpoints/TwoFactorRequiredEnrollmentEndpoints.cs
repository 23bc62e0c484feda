using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TwoFactor.AspNetCore.Endpoints;
using TwoFactor.AspNetCore.Endpoints.Contracts;
using TwoFactor.AspNetCore.Endpoints.Guarding;
using TwoFactor.AspNetCore.Problems;
using TwoFactor.AspNetCore.Setup;

namespace Microsoft.AspNetCore.Builder;

/// <summary>The set-up that a half-finished sign-in asks for. They have addresses of their own, so that a session of another user has no part in it.</summary>
public static class TwoFactorRequiredEnrollmentEndpoints
{
    /// <summary><c>POST /sign-in/enrollment</c>: begins the set-up that the sign-in waits for.</summary>
    public static RouteHandlerBuilder MapTwoFactorBeginRequiredEnrollment(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/sign-in/enrollment", BeginAsync).Apply(endpoints, new()
        {
            Name = "BeginRequiredEnrollment",
            Tag = Tags.SignIn,
            Summary = "Begin the set-up that the half-finished sign-in waits for",
            Access = Access.PendingSetup,
            Body = BodyRule.None,
            Problems = [ProblemCode.AccountNameInvalid, ProblemCode.LockedOut, ProblemCode.Contended, ProblemCode.SignInVoid],
        });

    /// <summary><c>POST /sign-in/enrollment/qr</c>: the QR code of its offer.</summary>
    public static RouteHandlerBuilder MapTwoFactorRequiredEnrollmentQrCode(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/sign-in/enrollment/qr", DrawAsync).Apply(endpoints, new()
        {
            Name = "DrawRequiredEnrollmentQrCode",
            Tag = Tags.SignIn,
            Summary = "Draw the QR code of the set-up that the half-finished sign-in waits for",
            Access = Access.PendingSetup,
            Body = BodyRule.Of<QrCodeRequest>(),
            Problems = [ProblemCode.EnrollmentNotPending, ProblemCode.ValueInvalid],
        }).Produces<byte[]>(StatusCodes.Status200OK, QrPictures.Svg, QrPictures.Png);

    /// <summary><c>POST /sign-in/complete</c>: confirms the set-up with its first code, and signs in.</summary>
    public static RouteHandlerBuilder MapTwoFactorCompleteRequiredEnrollment(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/sign-in/complete", CompleteAsync).Apply(endpoints, new()
        {
            Name = "CompleteRequiredEnrollment",
            Tag = Tags.SignIn,
            Summary = "Confirm the set-up that the half-finished sign-in waits for, and sign in",
            Description = "Sets the session cookie. The backup codes are in this answer and never again. Get a new antiforgery token afterwards.",
            Access = Access.PendingSetup,
            Body = BodyRule.Of<ConfirmEnrollmentRequest>(),
            IsCostly = true,
            Problems = [.. CodeProblems.All, ProblemCode.EnrollmentNotPending, ProblemCode.SignInVoid],
        });

    private static async Task<Results<TwoFactorAnswer<EnrollmentOfferResponse>, TwoFactorProblem>> BeginAsync(
        HttpContext context, [FromServices] WebSetup setup, [FromServices] TimeProvider time) =>
        SetupAnswers.Of(await setup.BeginRequiredAsync(context, context.RequestAborted).ConfigureAwait(false), time.GetUtcNow());

    private static Results<FileContentHttpResult, TwoFactorProblem> DrawAsync(Caller caller, JsonBody<QrCodeRequest> body, [FromServices] WebSetup setup) =>
        QrPictures.Draw(setup, caller.Pending!.UserId, body.Required);

    private static async Task<Results<TwoFactorAnswer<EnrollmentConfirmedResponse>, TwoFactorProblem>> CompleteAsync(
        HttpContext context, JsonBody<ConfirmEnrollmentRequest> body, [FromServices] WebSetup setup, [FromServices] TimeProvider time) => SetupAnswers.Of(
            await setup.ConfirmRequiredAsync(context, body.Required.Ticket, body.Required.Code, context.RequestAborted).ConfigureAwait(false), time.GetUtcNow());
}
