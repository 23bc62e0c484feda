using TwoFactor.Accounts;
using TwoFactor.Residency;

namespace TwoFactor.Administration;

/// <summary>
/// Moves an account with its whole audit chain from one region to another. Like every administrative call it takes the actor and asks the
/// <see cref="ITwoFactorAuthorizer"/>; denials are recorded. A move that was interrupted, wherever, is continued by calling again; until the source
/// is emptied it can be cancelled. Safe for concurrent use.
/// </summary>
public sealed class RegionMoveService
{
    private const int MaxText = 1000;
    private readonly AdministrationGate _gate;
    private readonly RegionSet? _regions;
    private readonly TimeProvider _time;

    internal RegionMoveService(AdministrationGate gate, RegionSet? regions, TimeProvider time) => (_gate, _regions, _time) = (gate, regions, time);

    /// <summary>
    /// Moves an account, or continues a move. Meanwhile sign-ins and all other changes of the account are refused as
    /// <see cref="RegionRefusal.Moving"/>, uncounted. Codes, counters, locks, sign-ins that wait and trusted devices move as they are.
    /// </summary>
    /// <param name="actor">The administrator who is signed in.</param>
    /// <param name="subject">The user.</param>
    /// <param name="to">The region to move to.</param>
    /// <param name="reason">Why; 1 to 1,000 characters.</param>
    /// <param name="organization">The organisation in which the actor acts; null in a host without organisations.</param>
    /// <param name="cancellationToken">Cancels; the move stands where it is and can be continued.</param>
    public ValueTask<RegionMoveResult> MoveAsync(
        UserId actor, UserId subject, RegionId to, string reason, OrganizationId? organization = null, CancellationToken cancellationToken = default)
    {
        to.ThrowIfDefault(nameof(to));
        return RunAsync(actor, subject, reason, organization, move => move.MoveAsync(to, cancellationToken), cancellationToken);
    }

    /// <summary>Takes a move back: removes what was copied, then the account is used again where it was.</summary>
    /// <param name="actor">The administrator who is signed in.</param>
    /// <param name="subject">The user.</param>
    /// <param name="reason">Why; 1 to 1,000 characters.</param>
    /// <param name="organization">The organisation in which the actor acts; null in a host without organisations.</param>
    /// <param name="cancellationToken">Cancels; the call can be repeated.</param>
    public ValueTask<RegionMoveResult> CancelAsync(
        UserId actor, UserId subject, string reason, OrganizationId? organization = null, CancellationToken cancellationToken = default) =>
        RunAsync(actor, subject, reason, organization, move => move.CancelAsync(cancellationToken), cancellationToken);

    private async ValueTask<RegionMoveResult> RunAsync(
        UserId actor, UserId subject, string reason, OrganizationId? organization, Func<AccountMove, ValueTask<RegionMoveResult>> run,
        CancellationToken cancellationToken)
    {
        actor.ThrowIfDefault(nameof(actor));
        subject.ThrowIfDefault(nameof(subject));
        ArgumentNullException.ThrowIfNull(reason);
        var now = _time.GetUtcNow();
        try
        {
            var request = new AdministrativeRequest(actor, AdministrativeAction.MoveRegion, organization, subject);
            if (await _gate.RefuseAsync(request, now, cancellationToken).ConfigureAwait(false) is { } denial) return new RegionMoveResult.Denied(denial);
        }
        catch (RegionRefusedException e)
        {
            return new RegionMoveResult.Refused(e.Reason);
        }

        if (string.IsNullOrWhiteSpace(reason) || reason.Length > MaxText)
            return new RegionMoveResult.Invalid(nameof(reason), $"It needs 1 to {MaxText} characters.");
        if (_regions is null) throw new InvalidOperationException("This host has no regions to move between: call UseRegions(...).");
        return await run(new AccountMove(_regions, new MoveOrder(actor, subject, organization, reason, now))).ConfigureAwait(false);
    }
}
