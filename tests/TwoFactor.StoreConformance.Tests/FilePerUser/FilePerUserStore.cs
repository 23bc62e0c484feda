using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Storage;

namespace Example.Files;

/// <summary>Keeps accounts in a folder, a file for each user. Any number of stores, in any number of processes, may share the folder.</summary>
public sealed class FilePerUserStore : IAccountStore
{
    private readonly string _folder;

    // Callers of this store queue here, so that only one of them at a time asks for the lock that other stores respect.
    private readonly SemaphoreSlim[] _queues = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    public FilePerUserStore(string folder)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("A rename is made durable here as Unix does it.");
        _folder = Directory.Exists(folder) ? Path.GetFullPath(folder) : throw new DirectoryNotFoundException($"Create the folder {folder} first.");
    }

    public async ValueTask<StoredAccount> LoadAsync(UserId userId, CancellationToken cancellationToken) =>
        await UserFile.ReadAsync(PathOf(userId), userId, cancellationToken) is { } file ? new StoredAccount(file.Account, file.Version) : default;

    public async ValueTask<ImmutableArray<AuditEvent>> EventsOfAsync(UserId userId, CancellationToken cancellationToken = default) =>
        await UserFile.ReadAsync(PathOf(userId), userId, cancellationToken) is { } file ? file.Events : [];

    public async ValueTask<bool> TrySaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion);
        var path = PathOf(account.UserId);
        var queue = _queues[(uint)path.GetHashCode(StringComparison.Ordinal) % _queues.Length];
        await queue.WaitAsync(cancellationToken);
        try
        {
            await using var turn = await UserLock.TakeAsync($"{path}.lock", cancellationToken);
            var before = await UserFile.ReadAsync(path, account.UserId, cancellationToken);
            if ((before?.Version ?? 0) != expectedVersion) return false;

            var after = UserFile.After(before, account, events);
            await Durable.WriteAsync($"{path}.new", after.ToBytes(), cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();

            // The commit. Whoever cancels from here on is told the truth all the same.
            File.Move($"{path}.new", path, overwrite: true);
            Durable.FlushFolder(_folder);
            return true;
        }
        finally
        {
            queue.Release();
        }
    }

    // Ids have up to 256 characters of any script, and differ by case where file systems may not tell.
    private string PathOf(UserId userId) => Path.Combine(_folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(userId.Value))));
}
