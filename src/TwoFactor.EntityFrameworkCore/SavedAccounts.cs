using TwoFactor.Accounts;
using TwoFactor.Storage;

namespace TwoFactor.EntityFrameworkCore;

/// <summary>
/// The accounts that were saved last, with their versions: as many as there are places, and of two in one place the later. Safe for
/// concurrent use; of two saves of one account that return at once it may keep the earlier, whose version then proves it outdated.
/// </summary>
internal sealed class SavedAccounts
{
    // Users who are asked for their code at the same time, on one node: a few thousand, of some two kilobytes each.
    private const int Places = 4096;

    private readonly Entry?[] _entries = new Entry?[Places];

    public void Remember(Account account, long version) => _entries[PlaceOf(account.UserId)] = new Entry(account, version);

    public StoredAccount Recall(UserId user) =>
        _entries[PlaceOf(user)] is { } entry && entry.Account.UserId == user ? new StoredAccount(entry.Account, entry.Version) : default;

    private static int PlaceOf(UserId user) => (int)((uint)user.GetHashCode() % Places);

    // An account does not change, and a reference is read and written as one.
    private sealed record Entry(Account Account, long Version);
}
