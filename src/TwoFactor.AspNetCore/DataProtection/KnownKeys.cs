using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace TwoFactor.AspNetCore.DataProtection;

/// <summary>
/// Which keys of the ring can still open something: neither revoked nor unreadable. Lists of users ask for every row, so the ring's store is asked at most
/// once a minute, or once in five seconds for a key that was not there. Safe for concurrent use.
/// </summary>
internal sealed class KnownKeys(IKeyManager keys, TimeProvider time)
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private volatile Snapshot? _snapshot;

    public bool Contains(Guid keyId)
    {
        var now = time.GetUtcNow();
        if (_snapshot is not { } current || !current.IsYoungerThan(s_lifetime, now)) current = Read(now);
        else if (!current.Ids.Contains(keyId) && !current.IsYoungerThan(s_patience, now)) current = Read(now);
        return current.Ids.Contains(keyId);
    }

    private Snapshot Read(DateTimeOffset now) =>
        _snapshot = new Snapshot(keys.GetAllKeys().Where(IsUsable).Select(key => key.KeyId).ToFrozenSet(), now);

    private static bool IsUsable(IKey key)
    {
        if (key.IsRevoked) return false;
        try
        {
            return key.CreateEncryptor() is not null;
        }
        catch (CryptographicException)
        {
            // The key is in the store, and what encrypts it there is not.
            return false;
        }
    }

    private sealed record Snapshot(FrozenSet<Guid> Ids, DateTimeOffset ReadAt)
    {
        /// <summary>Of a clock that went back it is not.</summary>
        public bool IsYoungerThan(TimeSpan age, DateTimeOffset now) => now >= ReadAt && now - ReadAt <= age;
    }
}
