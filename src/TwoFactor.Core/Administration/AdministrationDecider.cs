using TwoFactor.Accounts;
using TwoFactor.Storage;

namespace TwoFactor.Administration;

/// <summary>The decisions of an administrator's calls. Pure.</summary>
internal static class AdministrationDecider
{
    public static Decision<AdministrationResult> Deny(UserId actor, AdministrativeAction action, DateTimeOffset now) =>
        Decision<AdministrationResult>.Make(new AdministrationResult.Denied(), [new AdministrationDenied(now, actor.Value, action.ToString())]);

    public static Decision<AdministrationResult> Unlock(Account account, UserId actor, string? reason, DateTimeOffset now) =>
        account.Attempts.CodeLock is { Release: LockRelease.ByReset }
            ? Decision<AdministrationResult>.Reply(new AdministrationResult.NeedsReset())
            : Decision<AdministrationResult>.Make(new AdministrationResult.Done(), [new Unlocked(now, actor.Value, reason)]);

    public static Decision<AdministrationResult> Reset(UserId actor, string reason, string identityVerification, DateTimeOffset now) =>
        Decision<AdministrationResult>.Make(
            new AdministrationResult.Done(), [new TwoFactorReset(now, actor.Value, reason, identityVerification)]);
}
