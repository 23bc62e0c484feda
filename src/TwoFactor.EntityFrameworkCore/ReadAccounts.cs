using TwoFactor.Accounts;

namespace TwoFactor.EntityFrameworkCore;

/// <summary>
/// Accounts by the bytes that they are stored as, so that what was saved a moment ago need not be read from its bytes again: the second half
/// of a sign-in loads what the first has saved. The bytes come from the database each time; only when they are the same, so is the account.
/// It keeps a few, and of two in one place the later. Safe for concurrent use.
/// </summary>
internal sealed class ReadAccounts
{
    private const int Places = 256;

    private readonly Entry?[] _entries = new Entry?[Places];

    /// <summary>The account that bytes are.</summary>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public Account Read(UserId user, byte[] data)
    {
        // An account does not change, and a reference is read and written as one.
        if (_entries[PlaceOf(user)] is { } entry && entry.Data.AsSpan().SequenceEqual(data)) return entry.Account;
        return AccountSerializer.Deserialize(data);
    }

    /// <summary>Remembers what was saved.</summary>
    public void Remember(Account account, byte[] data) => _entries[PlaceOf(account.UserId)] = new Entry(data, account);

    private static int PlaceOf(UserId user) => (int)((uint)user.GetHashCode() % Places);

    private sealed record Entry(byte[] Data, Account Account);
}
