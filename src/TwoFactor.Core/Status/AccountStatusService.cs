using TwoFactor.Accounts;
using TwoFactor.Storage;

namespace TwoFactor.Status;

/// <summary>Reads what may be shown of an account. Safe for concurrent use.</summary>
public sealed class AccountStatusService
{
    private readonly IAccountStore _store;
    private readonly TimeProvider _time;

    internal AccountStatusService(IAccountStore store, TimeProvider time) => (_store, _time) = (store, time);

    /// <summary>The status of a user; of one who is unknown, that of a new account.</summary>
    public async ValueTask<AccountStatus> GetAsync(UserId userId, CancellationToken cancellationToken = default)
    {
        userId.ThrowIfDefault(nameof(userId));
        var now = _time.GetUtcNow();
        var stored = await _store.LoadAsync(userId, cancellationToken).ConfigureAwait(false);
        return AccountStatus.Of(stored.AccountOf(userId), now);
    }
}
