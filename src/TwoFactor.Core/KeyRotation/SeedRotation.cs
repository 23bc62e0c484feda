using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Storage;
using TwoFactor.Verification;

namespace TwoFactor.KeyRotation;

/// <summary>What became of one account.</summary>
internal abstract record RotationOutcome
{
    private RotationOutcome()
    {
    }

    internal sealed record Rotated : RotationOutcome;

    internal sealed record Current : RotationOutcome;

    internal sealed record Left(RotationProblem Problem) : RotationOutcome;
}

/// <summary>The seeds of one account under the current key.</summary>
internal sealed class SeedRotation(SeedVault vault)
{
    public ImmutableArray<byte> NewMarker() => vault.NewMarker();

    public bool IsCurrent(ImmutableArray<byte> marker) => !marker.IsDefaultOrEmpty && !vault.NeedsRotation(marker);

    public bool IsNeeded(Account account, DateTimeOffset now) =>
        (account.Active is { } active && vault.NeedsRotation(active.ProtectedSecret)) || (Live(account, now) is { } pending && vault.NeedsRotation(pending.ProtectedSecret));

    public Decision<RotationOutcome> Decide(Account account, DateTimeOffset now)
    {
        if (!IsNeeded(account, now)) return Decision<RotationOutcome>.Reply(new RotationOutcome.Current());
        var (events, problem) = (ImmutableArray<AccountEvent>.Empty, (RotationProblem?)null);
        if (account.Active is { } active && vault.NeedsRotation(active.ProtectedSecret))
            Rewrap(new TotpContext(account.UserId, active.Id, active.ProtectedSecret, active.Parameters), isPending: false);
        if (Live(account, now) is { } pending && vault.NeedsRotation(pending.ProtectedSecret))
            Rewrap(new TotpContext(account.UserId, pending.Id, pending.ProtectedSecret, pending.Parameters), isPending: true);
        return Decision<RotationOutcome>.Make(problem is { } left ? new RotationOutcome.Left(left) : new RotationOutcome.Rotated(), events);

        void Rewrap(in TotpContext context, bool isPending)
        {
            if (vault.TryRewrap(context, out var rewrapped)) events = events.Add(new SecretRewrapped(now, rewrapped, isPending));
            else problem = vault.HasKeyOf(context.ProtectedSecret) ? RotationProblem.Damaged : RotationProblem.KeyMissing;
        }
    }

    // One that can no longer be confirmed needs no key.
    private static PendingEnrollment? Live(Account account, DateTimeOffset now) =>
        account.Pending is { } pending && now < pending.ExpiresAt && pending.Epoch == account.Epoch ? pending : null;
}
