using TwoFactor.Accounts;

namespace TwoFactor.Storage;

/// <summary>What a store knows of a user.</summary>
/// <param name="Account">The account; null when nothing is stored.</param>
/// <param name="Version">Its version, at least 1; 0 when nothing is stored.</param>
public readonly record struct StoredAccount(Account? Account, long Version);
