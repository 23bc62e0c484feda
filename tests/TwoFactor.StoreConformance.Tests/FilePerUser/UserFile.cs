using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace Example.Files;

/// <summary>What a user's file holds: the account, its version, and all events of its chain.</summary>
internal sealed record UserFile(long Version, Account Account, ImmutableArray<AuditEvent> Events)
{
    /// <summary>The file as it is; null when there is none. A rename replaces it at once, so it is always whole.</summary>
    public static async ValueTask<UserFile?> ReadAsync(string path, UserId userId, CancellationToken cancellationToken)
    {
        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (FileNotFoundException)
        {
            return null;
        }

        var content = JsonSerializer.Deserialize<Content>(bytes) ?? throw new InvalidDataException($"The file {path} is damaged.");
        var account = AccountSerializer.Deserialize(content.Account);
        if (account.UserId != userId) throw new InvalidDataException($"The file {path} is another user's.");
        return new UserFile(content.Version, account, [.. content.Events.Select(row => row.ToEvent(userId))]);
    }

    /// <summary>The file after a save over <paramref name="before"/>.</summary>
    /// <exception cref="InvalidOperationException">The events do not continue the chain.</exception>
    public static UserFile After(UserFile? before, Account account, ImmutableArray<AuditEvent> events)
    {
        var chain = before is null ? [] : before.Events;
        var last = chain.IsEmpty ? 0 : chain[^1].Sequence;
        foreach (var e in events)
        {
            if (e.Chain != AuditChainId.Of(account.UserId)) throw new ArgumentException("The events are of another chain than the account.", nameof(events));
            if (e.Sequence <= last) throw new InvalidOperationException($"The chain has an event {e.Sequence} already.");
            last = e.Sequence;
        }

        // A file that was deleted and made anew must not meet a version that somebody still remembers: begin anywhere.
        var version = before?.Version ?? BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)) & (long.MaxValue >> 1);
        return new UserFile(version + 1, account, chain.AddRange(events));
    }

    public byte[] ToBytes() =>
        JsonSerializer.SerializeToUtf8Bytes(new Content(Version, AccountSerializer.Serialize(Account), [.. Events.Select(EventRow.Of)]));

    private sealed record Content(long Version, byte[] Account, EventRow[] Events);
}
