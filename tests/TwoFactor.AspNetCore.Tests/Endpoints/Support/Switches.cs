using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Auditing;
using TwoFactor.Cryptography;
using TwoFactor.Storage;

namespace TwoFactor.AspNetCore.Tests.Endpoints.Support;

/// <summary>A store whose writes can be made to lose against others, and that counts those that win.</summary>
internal sealed class SwitchableStore(IAccountStore inner) : IAccountStore
{
    private int _writes;

    public bool LosesEveryWrite { get; set; }

    /// <summary>True while every account is being moved to another region.</summary>
    public bool IsMoving { get; set; }

    /// <summary>Writes that won.</summary>
    public int Writes => Volatile.Read(ref _writes);

    public async ValueTask<StoredAccount> LoadAsync(UserId userId, CancellationToken cancellationToken)
    {
        var stored = await inner.LoadAsync(userId, cancellationToken);
        return IsMoving && stored.Account is { } account
            ? stored with { Account = account with { Relocation = new Relocation(RelocationState.Leaving, Guid.Empty, new RegionId("us")) } }
            : stored;
    }

    public async ValueTask<bool> TrySaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken)
    {
        if (LosesEveryWrite || !await inner.TrySaveAsync(account, expectedVersion, events, cancellationToken)) return false;
        Interlocked.Increment(ref _writes);
        return true;
    }
}

/// <summary>A protector whose key can be taken away.</summary>
internal sealed class SwitchableProtector : ISecretProtector
{
    private readonly AesGcmSecretProtector _inner = new(SecretKeyRing.FromBase64(
        "k1", [KeyValuePair.Create("k1", (string?)Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes("k1"))))]));

    public bool KeyIsMissing { get; set; }

    public byte[] Protect(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> associatedData) => _inner.Protect(secret, associatedData);

    public UnprotectOutcome Unprotect(ReadOnlySpan<byte> envelope, ReadOnlySpan<byte> associatedData, Span<byte> destination, out int written)
    {
        if (!KeyIsMissing) return _inner.Unprotect(envelope, associatedData, destination, out written);
        destination.Clear();
        written = 0;
        return UnprotectOutcome.KeyMissing;
    }

    public bool NeedsRotation(ReadOnlySpan<byte> envelope) => _inner.NeedsRotation(envelope);

    public int GetMaxSecretLength(int envelopeLength) => _inner.GetMaxSecretLength(envelopeLength);
}

/// <summary>Who administrates what.</summary>
internal sealed class Roles : IAdministratorRoles
{
    private readonly Dictionary<(UserId User, OrganizationId? Organization), AdministratorRole> _roles = [];

    public void Set(string user, string? organization, AdministratorRole role) =>
        _roles[(new UserId(user), organization is null ? null : new OrganizationId(organization))] = role;

    public ValueTask<AdministratorRole> GetRoleAsync(UserId userId, OrganizationId? organization, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_roles.GetValueOrDefault((userId, organization)));
}
