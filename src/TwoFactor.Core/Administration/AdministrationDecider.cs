using TwoFactor.Accounts;
using TwoFactor.Storage;

namespace TwoFactor.Administration;

/// <summary>The decisions of an administrator's calls that are allowed. Pure.</summary>
internal static class AdministrationDecider
{
    public static Decision<AdministrationResult> Unlock(Account account, AdministrativeRequest request, string? reason, DateTimeOffset now) =>
        account.Attempts.CodeLock is { Release: LockRelease.ByReset }
            ? Decision<AdministrationResult>.Reply(new AdministrationResult.NeedsReset())
            : Done(new Unlocked(now, request.Actor.Value, request.Organization, reason));

    public static Decision<AdministrationResult> Reset(AdministrativeRequest request, string reason, string identityVerification, DateTimeOffset now) =>
        Done(new TwoFactorReset(now, request.Actor.Value, request.Organization, reason, identityVerification));

    public static Decision<AdministrationResult> Unregister(Account account, AdministrativeRequest request, string reason, DateTimeOffset now) =>
        account.Active is null
            ? Decision<AdministrationResult>.Reply(new AdministrationResult.NotEnrolled())
            : Done(new Unregistered(now, request.Actor.Value, request.Organization, reason));

    public static Decision<AdministrationResult> RevokeTrustedDevices(Account account, AdministrativeRequest request, string reason, DateTimeOffset now) =>
        Done(new TrustedDevicesRevoked(
            now, [.. account.TrustedDevices.Select(device => device.Id)], TrustRevocation.ByAdministrator, request.Actor.Value, request.Organization, reason));

    public static Decision<AdministrationResult> ExtendGrace(AdministrativeRequest request, GraceExtension extension, string reason, DateTimeOffset now) =>
        Done(new GraceExtended(now, request.Actor.Value, extension, reason));

    public static Decision<AdministrationResult> Exempt(AdministrativeRequest request, GraceExemption exemption, string reason, DateTimeOffset now) =>
        Done(new GraceExempted(now, request.Actor.Value, exemption, reason));

    private static Decision<AdministrationResult> Done(AccountEvent e) => Decision<AdministrationResult>.Make(new AdministrationResult.Done(), [e]);
}
