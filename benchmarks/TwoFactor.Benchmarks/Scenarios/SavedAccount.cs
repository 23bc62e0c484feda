using TwoFactor.Accounts;

namespace TwoFactor.Benchmarks.Scenarios;

/// <summary>
/// What a sign-in writes, as an account of the services has it after its first one: bytes of that length and no more compressible, because
/// a database compresses, or moves out of the row, what is long.
/// </summary>
/// <param name="Waiting">The account with a challenge that waits for its code.</param>
/// <param name="SignedIn">The account once the code was accepted.</param>
internal sealed record SavedAccount(byte[] Waiting, byte[] SignedIn)
{
    public static async Task<SavedAccount> OfOneSignInAsync()
    {
        await using var host = await SignInHost.CreateAsync();
        await host.SignInAsync();
        await host.SignInAsync(); // a previous sign-in is known from the second on
        var signedIn = AccountSerializer.Serialize(await host.LoadAsync());
        await host.BeginAsync();
        return new SavedAccount(AccountSerializer.Serialize(await host.LoadAsync()), signedIn);
    }

    /// <summary>What the n-th write of a sign-in writes.</summary>
    public byte[] At(int write) => write == 0 ? Waiting : SignedIn;
}
