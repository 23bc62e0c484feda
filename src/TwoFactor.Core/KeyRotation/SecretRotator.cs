using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Storage;
using TwoFactor.Verification;

namespace TwoFactor.KeyRotation;

/// <summary>
/// Encrypts all stored seeds anew under the current key, a step at a time, while users go on signing in: each account is written by
/// compare-and-swap, so that neither loses what the other wrote. Give the new ring to every node of the application first, then call
/// <see cref="StepAsync"/> until it is complete, and drop old keys when <see cref="RotationProgress.OldKeysCanGo"/>. Safe for concurrent use.
/// </summary>
public sealed class SecretRotator
{
    /// <summary>The most accounts of one step.</summary>
    public const int MaxStep = 10_000;

    private const int PageSize = 200;
    private readonly AccountTransaction _transaction;
    private readonly IAccountFeed _feed;
    private readonly IAccountBatchReader? _batch;
    private readonly SeedRotation _rotation;
    private readonly TimeProvider _time;

    internal SecretRotator(IAccountStore store, IAccountFeed feed, SeedVault vault, TimeProvider time) =>
        (_transaction, _feed, _batch, _rotation, _time) = (new AccountTransaction(store), feed, store as IAccountBatchReader, new SeedRotation(vault), time);

    /// <summary>Looks at the next accounts.</summary>
    /// <param name="progress">
    /// What the step before returned; null to begin. One that is complete is returned as it is; one that began under another current key begins
    /// anew.
    /// </param>
    /// <param name="accounts">How many: 1 to 10,000; default 1,000.</param>
    /// <param name="cancellationToken">Cancels. What is written stays, and a step that is taken again passes over it.</param>
    public async ValueTask<RotationProgress> StepAsync(RotationProgress? progress = null, int accounts = 1000, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(accounts, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(accounts, MaxStep);
        if (progress is null || !_rotation.IsCurrent(progress.Marker)) progress = new RotationProgress { Marker = _rotation.NewMarker() };
        for (var left = accounts; left > 0 && !progress.IsComplete;)
        {
            var page = await _feed.ReadIdsAsync(progress.After, Math.Min(left, PageSize), cancellationToken).ConfigureAwait(false);
            progress = page.IsEmpty ? progress with { IsComplete = true } : await RotateAsync(progress, page, cancellationToken).ConfigureAwait(false);
            left -= page.Length;
        }

        return progress;
    }

    private async ValueTask<RotationProgress> RotateAsync(RotationProgress progress, ImmutableArray<UserId> page, CancellationToken cancellationToken)
    {
        var current = await CurrentAsync(page, cancellationToken).ConfigureAwait(false);
        var (rotated, findings) = (0, new List<RotationFinding>());
        foreach (var user in page)
        {
            if (current.Contains(user)) continue;
            switch (await RotateAsync(user, cancellationToken).ConfigureAwait(false))
            {
                case RotationOutcome.Rotated:
                    rotated++;
                    break;
                case RotationOutcome.Left left:
                    findings.Add(new RotationFinding(user, left.Problem));
                    break;
            }
        }

        return progress with
        {
            After = page[^1],
            Examined = progress.Examined + page.Length,
            Rotated = progress.Rotated + rotated,
            Left = progress.Left + findings.Count,
            Findings = [.. progress.Findings.Concat(findings).Take(RotationProgress.MaxFindings)],
        };
    }

    /// <summary>The users of a page who need nothing, found by one question where the store can answer it.</summary>
    private async ValueTask<HashSet<UserId>> CurrentAsync(ImmutableArray<UserId> page, CancellationToken cancellationToken)
    {
        if (_batch is null) return [];
        var now = _time.GetUtcNow();
        try
        {
            var accounts = await _batch.LoadManyAsync(page, cancellationToken).ConfigureAwait(false);
            // One that is moving is looked at by itself: nobody writes it now.
            return [.. accounts.Where(account => account.Relocation is null && !_rotation.IsNeeded(account, now)).Select(account => account.UserId)];
        }
        catch (Exception e) when (e is InvalidDataException or RegionRefusedException)
        {
            // One row is damaged, or elsewhere: each is looked at by itself, which tells whose.
            return [];
        }
    }

    private async ValueTask<RotationOutcome> RotateAsync(UserId user, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        try
        {
            return await _transaction.RunAsync(
                user, account => ValueTask.FromResult(_rotation.Decide(account, now)), new RotationOutcome.Left(RotationProblem.Contended), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            // Only a row that cannot be read says that, before anything is written.
            return new RotationOutcome.Left(RotationProblem.Damaged);
        }
        catch (RegionRefusedException)
        {
            // It comes before anything is written, too.
            return new RotationOutcome.Left(RotationProblem.Elsewhere);
        }
    }
}
