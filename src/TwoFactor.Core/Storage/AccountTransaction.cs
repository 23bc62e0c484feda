using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace TwoFactor.Storage;

/// <summary>The one loop through which every change goes: load, decide, save if nobody else did, otherwise again.</summary>
internal sealed class AccountTransaction(IAccountStore store)
{
    /// <summary>
    /// Rounds before the answer is "contended". Each lost round means that another request for the same account won, so under honest use
    /// the second round already succeeds.
    /// </summary>
    public const int MaxRounds = 16;

    /// <summary>Runs one operation on one account.</summary>
    /// <param name="userId">Whose.</param>
    /// <param name="decide">Gathers evidence and decides; called once a round.</param>
    /// <param name="contended">The answer when every round was lost.</param>
    /// <param name="cancellationToken">Cancels before a save is known to have succeeded.</param>
    /// <exception cref="RegionRefusedException">The account moves between regions, or is in another one.</exception>
    public ValueTask<TResult> RunAsync<TResult>(
        UserId userId, Func<Account, ValueTask<Decision<TResult>>> decide, TResult contended, CancellationToken cancellationToken) =>
        RunAsync(userId, decide, static (account, decide) => decide(account), contended, cancellationToken);

    /// <summary>The same for what runs at every sign-in: with its state beside it, <paramref name="decide"/> is made once and for all.</summary>
    /// <param name="userId">Whose.</param>
    /// <param name="state">What <paramref name="decide"/> needs besides the account.</param>
    /// <param name="decide">Gathers evidence and decides; called once a round.</param>
    /// <param name="contended">The answer when every round was lost.</param>
    /// <param name="cancellationToken">Cancels before a save is known to have succeeded.</param>
    /// <param name="recall">
    /// True where an operation of a moment ago has saved the account, probably here: the first round then decides on that, if the store
    /// remembers it. See <see cref="IRecentAccounts"/>.
    /// </param>
    /// <exception cref="RegionRefusedException">The account moves between regions, or is in another one.</exception>
    public async ValueTask<TResult> RunAsync<TState, TResult>(
        UserId userId, TState state, Func<Account, TState, ValueTask<Decision<TResult>>> decide, TResult contended, CancellationToken cancellationToken,
        bool recall = false)
    {
        var recalled = recall ? await RecallAsync(userId, cancellationToken).ConfigureAwait(false) : default;
        for (var round = 0; round < MaxRounds; round++)
        {
            var isRecalled = recalled.Account is not null;
            var stored = isRecalled ? recalled : await store.LoadAsync(userId, cancellationToken).ConfigureAwait(false);
            recalled = default;
            var (account, version) = (stored.AccountOf(userId), stored.Version);
            // It stands still while it is copied: what was accepted here could be accepted once more where it arrives.
            if (account.Relocation is { } leaving) throw RegionRefusedException.Of(leaving);
            var decision = await decide(account, state).ConfigureAwait(false);
            if (decision.Events.IsEmpty)
            {
                // No save proves that what was recalled is still so.
                if (isRecalled) continue;
                return decision.Result;
            }

            var (records, head) = AuditChain.Continue(userId, account.AuditHead, decision.Events);
            var next = AccountEvolution.Evolve(account, decision.Events, head);
            // Only a true from here lets a decision leave. A fault leaves as an exception, whatever the store has done.
            if (await store.TrySaveAsync(next, version, records, cancellationToken).ConfigureAwait(false)) return decision.Result;
        }

        return contended;
    }

    private async ValueTask<StoredAccount> RecallAsync(UserId userId, CancellationToken cancellationToken)
    {
        if (store is not IRecentAccounts recent) return default;
        var stored = await recent.RecallAsync(userId, cancellationToken).ConfigureAwait(false);
        // Where it is now, the store knows.
        return stored.Account?.Relocation is null ? stored : default;
    }

    /// <summary>The account as it is now, for an answer that grants nothing.</summary>
    public async ValueTask<Account> ReadAsync(UserId userId, CancellationToken cancellationToken) =>
        (await store.LoadAsync(userId, cancellationToken).ConfigureAwait(false)).AccountOf(userId);
}
