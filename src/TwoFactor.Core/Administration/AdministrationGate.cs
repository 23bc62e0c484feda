using TwoFactor.Accounts;
using TwoFactor.Organizations;
using TwoFactor.Storage;

namespace TwoFactor.Administration;

/// <summary>Through which every administrative call goes: who may, and the record of who might not.</summary>
internal sealed class AdministrationGate(
    AccountTransaction transaction, IAccountStore accounts, IMembershipSource memberships, ITwoFactorAuthorizer authorizer, AdministrationPolicy policy)
{
    private const int MaxTurns = 16;

    /// <summary>Null when the call is allowed; otherwise the reason, after it was recorded in the actor's chain.</summary>
    public async ValueTask<DenialReason?> RefuseAsync(AdministrativeRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var reason = await ExamineAsync(request, cancellationToken).ConfigureAwait(false);
        if (reason is { } denial)
        {
            await RecordAsync(request.Actor, new AdministrationDenied(now, request.Action.ToString(), request.Organization, request.Subject, denial.ToString()), cancellationToken)
                .ConfigureAwait(false);
        }

        return reason;
    }

    // Whoever keeps his own account busy must not be denied in silence: it goes on until the record is written, and never answers without.
    private async ValueTask RecordAsync(UserId actor, AdministrationDenied denied, CancellationToken cancellationToken)
    {
        for (var turn = 0; turn < MaxTurns; turn++)
        {
            if (await transaction.RunAsync(
                actor, _ => ValueTask.FromResult(Decision<bool>.Make(true, [denied])), false, cancellationToken).ConfigureAwait(false)) return;
        }

        throw new InvalidOperationException("The call was denied, and nothing was done; but the store let other writes win every time, so the denial is not recorded.");
    }

    private async ValueTask<DenialReason?> ExamineAsync(AdministrativeRequest request, CancellationToken cancellationToken)
    {
        if (!await authorizer.IsAllowedAsync(request, cancellationToken).ConfigureAwait(false)) return DenialReason.NotAuthorized;
        if (request.Subject is not { } subject) return null;
        if (IsReading(request.Action)) return await BelongsAsync(request, subject, cancellationToken).ConfigureAwait(false) ? null : DenialReason.OtherOrganization;
        if (subject == request.Actor) return DenialReason.Self;
        if (policy.RequireOwnSecondFactor && !await IsEnrolledAsync(request.Actor, cancellationToken).ConfigureAwait(false)) return DenialReason.NoSecondFactor;
        if (!await BelongsAsync(request, subject, cancellationToken).ConfigureAwait(false)) return DenialReason.OtherOrganization;
        var concernsAll = request.Action is AdministrativeAction.Reset or AdministrativeAction.Unregister or AdministrativeAction.MoveRegion;
        return concernsAll && !policy.AllowResetOfSharedUsers && !await MayInAllAsync(request, subject, cancellationToken).ConfigureAwait(false)
            ? DenialReason.SharedUser
            : null;
    }

    private async ValueTask<bool> IsEnrolledAsync(UserId actor, CancellationToken cancellationToken) =>
        (await accounts.LoadAsync(actor, cancellationToken).ConfigureAwait(false)).Account?.Active is not null;

    private async ValueTask<bool> BelongsAsync(AdministrativeRequest request, UserId subject, CancellationToken cancellationToken)
    {
        if (request.Organization is not { } organization) return true;
        var own = await memberships.GetMembershipsAsync(subject, cancellationToken).ConfigureAwait(false);
        return own.Any(membership => membership.OrganizationId == organization);
    }

    /// <summary>True when no organisation of the subject would object: the authorizer allows it in each.</summary>
    private async ValueTask<bool> MayInAllAsync(AdministrativeRequest request, UserId subject, CancellationToken cancellationToken)
    {
        foreach (var membership in await memberships.GetMembershipsAsync(subject, cancellationToken).ConfigureAwait(false))
        {
            if (membership.OrganizationId == request.Organization) continue;
            var there = request with { Organization = membership.OrganizationId };
            if (!await authorizer.IsAllowedAsync(there, cancellationToken).ConfigureAwait(false)) return false;
        }

        return true;
    }

    private static bool IsReading(AdministrativeAction action) =>
        action is AdministrativeAction.ReadUsers or AdministrativeAction.ReadPolicy or AdministrativeAction.ReadAudit or AdministrativeAction.SimulatePolicy;
}
