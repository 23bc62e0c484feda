using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TwoFactor.AspNetCore.Endpoints;
using TwoFactor.AspNetCore.Endpoints.Contracts;
using TwoFactor.AspNetCore.Endpoints.Guarding;
using TwoFactor.AspNetCore.Localization;
using TwoFactor.AspNetCore.Problems;
using TwoFactor.AspNetCore.Setup;
using TwoFactor.Enrollment;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Setting up, replacing and removing one's own authenticator, in a session.</summary>
public static class TwoFactorEnrollmentEndpoints
{
    /// <summary><c>POST /enrollment</c>: begins to set up an authenticator, or to replace one.</summary>
    public static RouteHandlerBuilder MapTwoFactorBeginEnrollment(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/enrollment", BeginAsync).Apply(endpoints, new()
    {
        Name = "BeginEnrollment",
        Tag = Tags.Own,
        Summary = "Begin to set up an authenticator",
        Description = "An active authenticator stays valid until the new one is confirmed, and asks for a fresh proof here. The key is in this answer and never again.",
        Access = Access.Session,
        Body = BodyRule.None,
        Problems = [ProblemCode.StepUpRequired, ProblemCode.AccountNameInvalid, ProblemCode.LockedOut, ProblemCode.Contended],
    });

    /// <summary><c>POST /enrollment/qr</c>: the QR code of the offer.</summary>
    public static RouteHandlerBuilder MapTwoFactorEnrollmentQrCode(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/enrollment/qr", Draw).Apply(endpoints, new()
    {
        Name = "DrawEnrollmentQrCode",
        Tag = Tags.Own,
        Summary = "Draw the QR code of an offer",
        Access = Access.Session,
        Body = BodyRule.Of<QrCodeRequest>(),
        Problems = [ProblemCode.EnrollmentNotPending, ProblemCode.ValueInvalid],
    }).Produces<byte[]>(StatusCodes.Status200OK, QrPictures.Svg, QrPictures.Png);

    /// <summary><c>POST /enrollment/confirm</c>: the first code of the new authenticator.</summary>
    public static RouteHandlerBuilder MapTwoFactorConfirmEnrollment(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/enrollment/confirm", ConfirmAsync).Apply(endpoints, new()
        {
            Name = "ConfirmEnrollment",
            Tag = Tags.Own,
            Summary = "Confirm a new authenticator with its first code",
            Description = "The session gets the fresh proof; when another authenticator was replaced, all other sessions end. The backup codes are in this answer and never again.",
            Access = Access.Session,
            Body = BodyRule.Of<ConfirmEnrollmentRequest>(),
            IsCostly = true,
            Problems = [.. CodeProblems.All, ProblemCode.EnrollmentNotPending],
        });

    /// <summary><c>DELETE /enrollment</c>: removes the authenticator and signs out everywhere.</summary>
    public static RouteHandlerBuilder MapTwoFactorUnregister(this IEndpointRouteBuilder endpoints) => endpoints.MapDelete("/enrollment", RemoveAsync).Apply(endpoints, new()
    {
        Name = "Unregister",
        Tag = Tags.Own,
        Summary = "Remove the authenticator, and sign out everywhere",
        Description = "Asks for a fresh proof. The entry in the app remains: show the message of the answer.",
        Access = Access.Session,
        Body = BodyRule.None,
        Problems = [ProblemCode.StepUpRequired, ProblemCode.NotEnrolled, ProblemCode.LockedOut, ProblemCode.Contended],
    });

    private static async Task<Results<TwoFactorAnswer<EnrollmentOfferResponse>, TwoFactorProblem>> BeginAsync(
        HttpContext context, [FromServices] WebSetup setup, [FromServices] TimeProvider time) =>
        SetupAnswers.Of(await setup.BeginAsync(context, null, context.RequestAborted).ConfigureAwait(false), time.GetUtcNow());

    private static Results<FileContentHttpResult, TwoFactorProblem> Draw(Caller caller, JsonBody<QrCodeRequest> body, [FromServices] WebSetup setup) =>
        QrPictures.Draw(setup, caller.UserId, body.Required);

    private static async Task<Results<TwoFactorAnswer<EnrollmentConfirmedResponse>, TwoFactorProblem>> ConfirmAsync(
        HttpContext context, JsonBody<ConfirmEnrollmentRequest> body, [FromServices] WebSetup setup, [FromServices] TimeProvider time) => SetupAnswers.Of(
            await setup.ConfirmAsync(context, body.Required.Ticket, body.Required.Code, null, context.RequestAborted).ConfigureAwait(false), time.GetUtcNow());

    private static async Task<Results<TwoFactorAnswer<UnregisteredResponse>, TwoFactorProblem>> RemoveAsync(
        HttpContext context, [FromServices] WebSetup setup, [FromServices] TimeProvider time) =>
        await setup.RemoveAsync(context, context.RequestAborted).ConfigureAwait(false) switch
        {
            UnregisterResult.Removed removed => new TwoFactorAnswer<UnregisteredResponse>(new()
            {
                Issuer = removed.Issuer,
                AccountName = removed.AccountName,
                Message = LanguageChoice.For(context).AppEntryRemains,
            }),
            UnregisterResult.ProofRequired required => ProblemsOf.Of(required.Refusal),
            UnregisterResult.LockedOut locked => ProblemsOf.Of(locked.Lock, time.GetUtcNow()),
            UnregisterResult.NotEnrolled => new TwoFactorProblem(ProblemCode.NotEnrolled),
            UnregisterResult.Contended => ProblemsOf.Contention,
            UnregisterResult.RegionRefused region => ProblemsOf.Of(region.Reason),
            var other => throw ProblemsOf.Unknown(other),
        };
}
