using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TwoFactor.Auditing;
using TwoFactor.Status;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the JSON API: all of it, or what a host picks from the other <c>MapTwoFactor</c> methods.</summary>
public static class TwoFactorEndpoints
{
    /// <summary>
    /// Maps all endpoints whose services the host has: lists of users need <c>UseUserLists</c> or a directory, audit a store that can read events. The
    /// paths are relative: <c>app.MapGroup("/2fa").MapTwoFactor()</c>.
    /// </summary>
    /// <returns>The group of what was mapped, for conventions of the host's own.</returns>
    /// <exception cref="InvalidOperationException"><c>AddTwoFactorApi</c> was not called.</exception>
    public static RouteGroupBuilder MapTwoFactor(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var group = endpoints.MapGroup("");
        group.MapTwoFactorAntiforgery();
        group.MapTwoFactorStatus();
        group.MapTwoFactorStepUp();

        group.MapTwoFactorPendingSignIn();
        group.MapTwoFactorVerify();
        group.MapTwoFactorBeginRequiredEnrollment();
        group.MapTwoFactorRequiredEnrollmentQrCode();
        group.MapTwoFactorCompleteRequiredEnrollment();
        group.MapTwoFactorCancelSignIn();

        group.MapTwoFactorBeginEnrollment();
        group.MapTwoFactorEnrollmentQrCode();
        group.MapTwoFactorConfirmEnrollment();
        group.MapTwoFactorUnregister();
        group.MapTwoFactorBackupCodes();
        group.MapTwoFactorRegenerateBackupCodes();

        group.MapTwoFactorTrustedDevices();
        group.MapTwoFactorRevokeTrustedDevice();
        group.MapTwoFactorRevokeAllTrustedDevices();

        var registered = endpoints.ServiceProvider.GetRequiredService<IServiceProviderIsService>();
        if (registered.IsService(typeof(IUserListSource)))
        {
            group.MapTwoFactorUsers();
            group.MapTwoFactorUser();
        }

        group.MapTwoFactorUnlockUser();
        group.MapTwoFactorResetUser();
        group.MapTwoFactorUnregisterUser();
        group.MapTwoFactorExtendGrace();
        group.MapTwoFactorExemptUser();
        group.MapTwoFactorRevokeUserDevices();

        group.MapTwoFactorPolicy();
        group.MapTwoFactorSavePolicy();
        if (registered.IsService(typeof(IAuditReader)))
        {
            group.MapTwoFactorAudit();
            group.MapTwoFactorVerifyAudit();
        }

        return group;
    }
}
