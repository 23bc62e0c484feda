using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.AspNetCore.Endpoints;
using TwoFactor.AspNetCore.Endpoints.Contracts;
using TwoFactor.AspNetCore.Endpoints.Guarding;
using TwoFactor.AspNetCore.Problems;

namespace Microsoft.AspNetCore.Builder;

/// <summary>What administrators do for users. Who may is the core's to say; its denials are recorded.</summary>
public static class TwoFactorUserActionEndpoints
{
    /// <summary><c>POST /admin/users/{user}/unlock</c>: ends soft locks; secret and codes stay.</summary>
    public static RouteHandlerBuilder MapTwoFactorUnlockUser(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/admin/users/{user}/unlock", UnlockAsync).Apply(
        endpoints, Rules("UnlockUser", "Unlock a user", BodyRule.Of<UnlockUserRequest>(), needsOrganization: false, ProblemCode.ResetNeeded));

    /// <summary><c>POST /admin/users/{user}/reset</c>: removes secret, codes and devices after the identity was verified.</summary>
    public static RouteHandlerBuilder MapTwoFactorResetUser(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/admin/users/{user}/reset", ResetAsync).Apply(
        endpoints, Rules("ResetUser", "Reset a user's two-factor authentication", BodyRule.Of<ResetUserRequest>(), needsOrganization: false, ProblemCode.SharedUser));

    /// <summary><c>POST /admin/users/{user}/unregister</c>: removes the authenticator and codes.</summary>
    public static RouteHandlerBuilder MapTwoFactorUnregisterUser(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/admin/users/{user}/unregister", UnregisterAsync).Apply(
            endpoints,
            Rules("UnregisterUser", "Remove a user's authenticator", BodyRule.Of<ReasonRequest>(), needsOrganization: false, ProblemCode.SharedUser, ProblemCode.NotEnrolled));

    /// <summary><c>POST /admin/users/{user}/grace</c>: more grace under the organisation's rules.</summary>
    public static RouteHandlerBuilder MapTwoFactorExtendGrace(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/admin/users/{user}/grace", ExtendGraceAsync).Apply(
        endpoints, Rules("ExtendGrace", "Give a user more grace", BodyRule.Of<ExtendGraceRequest>(), needsOrganization: true));

    /// <summary><c>POST /admin/users/{user}/exemption</c>: exempt from the organisation's rules for a while.</summary>
    public static RouteHandlerBuilder MapTwoFactorExemptUser(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/admin/users/{user}/exemption", ExemptAsync).Apply(
        endpoints, Rules("ExemptUser", "Exempt a user for a while, or end an exemption", BodyRule.Of<ExemptUserRequest>(), needsOrganization: true));

    /// <summary><c>POST /admin/users/{user}/trusted-devices/revoke</c>: trusts none of the user's devices any longer.</summary>
    public static RouteHandlerBuilder MapTwoFactorRevokeUserDevices(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/admin/users/{user}/trusted-devices/revoke", RevokeDevicesAsync).Apply(
            endpoints, Rules("RevokeUserDevices", "Trust none of a user's devices any longer", BodyRule.Of<ReasonRequest>(), needsOrganization: false));

    private static EndpointRules Rules(string name, string summary, BodyRule body, bool needsOrganization, params ImmutableArray<ProblemCode> own) => new()
    {
        Name = name,
        Tag = Tags.Administration,
        Summary = summary,
        Access = Access.Session,
        IsAdministrative = true,
        Body = body,
        Query = [needsOrganization ? QueryRules.Organization : QueryRules.OptionalOrganization],
        Problems =
        [
            ProblemCode.NotAuthorized, ProblemCode.SelfAdministration, ProblemCode.OtherOrganization, ProblemCode.NoSecondFactor, ProblemCode.ValueInvalid,
            ProblemCode.Contended, .. own,
        ],
    };

    private static async Task<Results<NoContent, TwoFactorProblem>> UnlockAsync(
        Caller caller, PathUser user, string? organization, JsonBody<UnlockUserRequest> body, [FromServices] AdministrationService administration,
        CancellationToken cancellationToken) => AdministrationAnswers.Of(
            await administration.UnlockAsync(caller.UserId, user.Id, body.Required.Reason, Of(organization), cancellationToken).ConfigureAwait(false));

    private static async Task<Results<NoContent, TwoFactorProblem>> ResetAsync(
        Caller caller, PathUser user, string? organization, JsonBody<ResetUserRequest> body, [FromServices] AdministrationService administration,
        CancellationToken cancellationToken) => AdministrationAnswers.Of(await administration.ResetAsync(
            caller.UserId, user.Id, body.Required.Reason, body.Required.IdentityVerification, Of(organization), cancellationToken).ConfigureAwait(false));

    private static async Task<Results<NoContent, TwoFactorProblem>> UnregisterAsync(
        Caller caller, PathUser user, string? organization, JsonBody<ReasonRequest> body, [FromServices] AdministrationService administration,
        CancellationToken cancellationToken) => AdministrationAnswers.Of(
            await administration.UnregisterAsync(caller.UserId, user.Id, body.Required.Reason, Of(organization), cancellationToken).ConfigureAwait(false));

    private static async Task<Results<NoContent, TwoFactorProblem>> ExtendGraceAsync(
        Caller caller, PathUser user, string organization, JsonBody<ExtendGraceRequest> body, [FromServices] AdministrationService administration,
        CancellationToken cancellationToken) => AdministrationAnswers.Of(await administration.ExtendGraceAsync(
            caller.UserId, user.Id, new OrganizationId(organization), Spans.OfDays(body.Required.Days), body.Required.Reason, cancellationToken).ConfigureAwait(false));

    private static async Task<Results<NoContent, TwoFactorProblem>> ExemptAsync(
        Caller caller, PathUser user, string organization, JsonBody<ExemptUserRequest> body, [FromServices] AdministrationService administration,
        CancellationToken cancellationToken) => AdministrationAnswers.Of(await administration.ExemptAsync(
            caller.UserId, user.Id, new OrganizationId(organization), body.Required.Until, body.Required.Reason, cancellationToken).ConfigureAwait(false));

    private static async Task<Results<NoContent, TwoFactorProblem>> RevokeDevicesAsync(
        Caller caller, PathUser user, string? organization, JsonBody<ReasonRequest> body, [FromServices] AdministrationService administration,
        CancellationToken cancellationToken) => AdministrationAnswers.Of(await administration.RevokeTrustedDevicesAsync(
            caller.UserId, user.Id, body.Required.Reason, Of(organization), cancellationToken).ConfigureAwait(false));

    private static OrganizationId? Of(string? organization) => organization is null ? null : new OrganizationId(organization);
}
