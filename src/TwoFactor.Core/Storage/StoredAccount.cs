using TwoFactor.Accounts;

namespace TwoFactor.Storage;

/// <summary>What a store knows of a user.</summary>
/// <param name="Account">The account; null when nothing is stored.</param>
/// <param name="Version">Its version, at least 1; 0 when nothing is stored.</param>
public readonly record struct StoredAccount(Account? Account, long Version)
{
    /// <summary>The account, or a new one when nothing is stored. One that is about to leave can still be read.</summary>
    /// <exception cref="RegionRefusedException">The row is only a marker: the account is in another region, or not all here yet.</exception>
    /// <exception cref="InvalidDataException">It is another user's: a row was copied, or the store mixed up its keys.</exception>
    internal Account AccountOf(UserId userId)
    {
        var account = RowOf(userId);
        return account.Relocation is { State: not (RelocationState.Leaving or RelocationState.Returning) } elsewhere
            ? throw RegionRefusedException.Of(elsewhere)
            : account;
    }

    /// <summary>What is in the row, a marker included; a new account when nothing is stored.</summary>
    /// <exception cref="InvalidDataException">It is another user's: a row was copied, or the store mixed up its keys.</exception>
    internal Account RowOf(UserId userId)
    {
        if (Account is not { } account) return Accounts.Account.NewFor(userId);
        return account.UserId == userId ? account : throw new InvalidDataException("The store answered with the account of another user.");
    }
}
