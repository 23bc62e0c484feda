using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Endpoints;
using TwoFactor.AspNetCore.Endpoints.Contracts;
using TwoFactor.AspNetCore.Endpoints.Guarding;
using TwoFactor.AspNetCore.Problems;
using TwoFactor.TrustedDevices;

namespace Microsoft.AspNetCore.Builder;

/// <summary>One's own trusted devices.</summary>
public static class TwoFactorTrustedDeviceEndpoints
{
    /// <summary><c>GET /trusted-devices</c>.</summary>
    public static RouteHandlerBuilder MapTwoFactorTrustedDevices(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/trusted-devices", ListAsync).Apply(endpoints, new()
    {
        Name = "ListTrustedDevices",
        Tag = Tags.Own,
        Summary = "List the trusted devices",
        Access = Access.Session,
    });

    /// <summary><c>DELETE /trusted-devices/{device}</c>: a code is asked for at its next sign-in; sessions go on.</summary>
    public static RouteHandlerBuilder MapTwoFactorRevokeTrustedDevice(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapDelete("/trusted-devices/{device}", RevokeAsync).Apply(endpoints, new()
        {
            Name = "RevokeTrustedDevice",
            Tag = Tags.Own,
            Summary = "Trust a device no longer",
            Access = Access.Session,
            Body = BodyRule.None,
            Problems = [ProblemCode.DeviceNotFound, ProblemCode.Contended],
        });

    /// <summary><c>DELETE /trusted-devices</c>: trusts none any longer.</summary>
    public static RouteHandlerBuilder MapTwoFactorRevokeAllTrustedDevices(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapDelete("/trusted-devices", RevokeAllAsync).Apply(endpoints, new()
        {
            Name = "RevokeAllTrustedDevices",
            Tag = Tags.Own,
            Summary = "Trust no device any longer",
            Access = Access.Session,
            Body = BodyRule.None,
            Problems = [ProblemCode.DeviceNotFound, ProblemCode.Contended],
        });

    private static async Task<TwoFactorAnswer<TrustedDevicesResponse>> ListAsync(
        Caller caller, [FromServices] TrustedDeviceService devices, CancellationToken cancellationToken)
    {
        var list = await devices.ListAsync(caller.UserId, cancellationToken).ConfigureAwait(false);
        return new(new TrustedDevicesResponse([.. list.Select(TrustedDeviceResponse.Of)]));
    }

    private static async Task<Results<TwoFactorAnswer<RevokedResponse>, TwoFactorProblem>> RevokeAsync(
        Caller caller, string device, [FromServices] TrustedDeviceService devices, CancellationToken cancellationToken) =>
        TrustedDeviceId.TryParse(device, out var id)
            ? Answer(await devices.RevokeAsync(caller.UserId, id, cancellationToken).ConfigureAwait(false))
            : new TwoFactorProblem(ProblemCode.DeviceNotFound);

    private static async Task<Results<TwoFactorAnswer<RevokedResponse>, TwoFactorProblem>> RevokeAllAsync(
        Caller caller, [FromServices] TrustedDeviceService devices, CancellationToken cancellationToken) =>
        Answer(await devices.RevokeAllAsync(caller.UserId, cancellationToken).ConfigureAwait(false));

    private static Results<TwoFactorAnswer<RevokedResponse>, TwoFactorProblem> Answer(RevokeTrustedDeviceResult result) => result switch
    {
        RevokeTrustedDeviceResult.Revoked revoked => new TwoFactorAnswer<RevokedResponse>(new RevokedResponse(revoked.Count)),
        RevokeTrustedDeviceResult.NotFound => new TwoFactorProblem(ProblemCode.DeviceNotFound),
        RevokeTrustedDeviceResult.Contended => ProblemsOf.Contention,
        RevokeTrustedDeviceResult.RegionRefused region => ProblemsOf.Of(region.Reason),
        _ => throw ProblemsOf.Unknown(result),
    };
}
