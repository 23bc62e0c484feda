using Example.Files;
using TwoFactor.Accounts;

namespace TwoFactor.StoreConformance.Tests.Crash;

/// <summary>The process that is killed: two writers count up one account in a folder, and each number is printed once its save is acknowledged.</summary>
internal static class Victim
{
    private static readonly Lock s_output = new();

    public static UserId User { get; } = new("victim");

    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is not ["write", var folder]) return 1;
        Task[] writers = [.. new[] { new FilePerUserStore(folder), new FilePerUserStore(folder) }.Select(store => Task.Run(() => CountAsync(store)))];
        // The input ends with whoever started this process, and with it this process, if it was not killed before.
        var ended = await Task.WhenAny([Task.Run(Console.In.ReadToEnd), .. writers]);
        await ended;
        return 0;
    }

    private static async Task CountAsync(FilePerUserStore store)
    {
        while (true)
        {
            var (account, version) = await store.LoadAsync(User, CancellationToken.None);
            var epoch = (account?.Epoch ?? 0) + 1;
            var (next, events) = Counting.Next(account ?? Account.NewFor(User), epoch);
            if (!await store.TrySaveAsync(next, version, events, CancellationToken.None)) continue;
            lock (s_output)
            {
                Console.Out.WriteLine(epoch);
                Console.Out.Flush();
            }
        }
    }
}
