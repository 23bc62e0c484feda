using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TwoFactor.AspNetCore.Endpoints;
using TwoFactor.AspNetCore.Endpoints.Contracts;
using TwoFactor.AspNetCore.Endpoints.Guarding;
using TwoFactor.AspNetCore.Problems;
using TwoFactor.AspNetCore.Setup;
using TwoFactor.Enrollment;
using TwoFactor.Status;

namespace Microsoft.AspNetCore.Builder;

/// <summary>One's own backup codes.</summary>
public static class TwoFactorBackupCodeEndpoints
{
    /// <summary><c>GET /backup-codes</c>: how many are left, and when they were made; no call can return a code again.</summary>
    public static RouteHandlerBuilder MapTwoFactorBackupCodes(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/backup-codes", CountAsync).Apply(endpoints, new()
    {
        Name = "GetBackupCodes",
        Tag = Tags.Own,
        Summary = "How many backup codes are left",
        Access = Access.Session,
    });

    /// <summary><c>POST /backup-codes</c>: makes new ones; all earlier ones are dead.</summary>
    public static RouteHandlerBuilder MapTwoFactorRegenerateBackupCodes(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/backup-codes", RegenerateAsync).Apply(endpoints, new()
        {
            Name = "RegenerateBackupCodes",
            Tag = Tags.Own,
            Summary = "Replace all backup codes",
            Description = "Asks for a fresh proof. The codes are in this answer and never again.",
            Access = Access.Session,
            Body = BodyRule.None,
            IsCostly = true,
            Problems = [ProblemCode.StepUpRequired, ProblemCode.NotEnrolled, ProblemCode.LockedOut, ProblemCode.Busy, ProblemCode.Contended],
        });

    private static async Task<TwoFactorAnswer<BackupCodeStatusResponse>> CountAsync(
        Caller caller, [FromServices] AccountStatusService accounts, CancellationToken cancellationToken)
    {
        var status = await accounts.GetAsync(caller.UserId, cancellationToken).ConfigureAwait(false);
        return new(new BackupCodeStatusResponse(status.BackupCodesLeft, status.BackupCodesGeneratedAt));
    }

    private static async Task<Results<TwoFactorAnswer<BackupCodesResponse>, TwoFactorProblem>> RegenerateAsync(
        HttpContext context, [FromServices] WebSetup setup, [FromServices] TimeProvider time) =>
        await setup.RegenerateBackupCodesAsync(context, context.RequestAborted).ConfigureAwait(false) switch
        {
            RegenerateBackupCodesResult.Regenerated made => new TwoFactorAnswer<BackupCodesResponse>(new BackupCodesResponse(made.BackupCodes)),
            RegenerateBackupCodesResult.ProofRequired required => ProblemsOf.Of(required.Refusal),
            RegenerateBackupCodesResult.LockedOut locked => ProblemsOf.Of(locked.Lock, time.GetUtcNow()),
            RegenerateBackupCodesResult.NotEnrolled => new TwoFactorProblem(ProblemCode.NotEnrolled),
            RegenerateBackupCodesResult.Busy => ProblemsOf.HashersBusy,
            RegenerateBackupCodesResult.Contended => ProblemsOf.Contention,
            RegenerateBackupCodesResult.RegionRefused region => ProblemsOf.Of(region.Reason),
            var other => throw ProblemsOf.Unknown(other),
        };
}
