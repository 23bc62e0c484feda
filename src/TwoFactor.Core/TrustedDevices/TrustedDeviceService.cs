using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;
using TwoFactor.Storage;

namespace TwoFactor.TrustedDevices;

/// <summary>
/// Lists a user's trusted devices and revokes them. Devices become trusted, and are used, in the course of a sign-in. Safe for concurrent use.
/// </summary>
public sealed class TrustedDeviceService
{
    private readonly AccountTransaction _transaction;
    private readonly PolicyResolver _policies;
    private readonly TrustPolicy _host;
    private readonly TimeProvider _time;

    internal TrustedDeviceService(AccountTransaction transaction, PolicyResolver policies, TrustPolicy host, TimeProvider time) =>
        (_transaction, _policies, _host, _time) = (transaction, policies, host, time);

    /// <summary>The devices that would be trusted now, the last used first; at most <see cref="Account.MaxTrustedDevices"/>.</summary>
    /// <param name="userId">The user who is signed in.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<ImmutableArray<TrustedDeviceInfo>> ListAsync(UserId userId, CancellationToken cancellationToken = default)
    {
        userId.ThrowIfDefault(nameof(userId));
        var now = _time.GetUtcNow();
        var policy = TrustPolicy.For(await _policies.ResolveAsync(userId, cancellationToken).ConfigureAwait(false), _host);
        var account = await _transaction.ReadAsync(userId, cancellationToken).ConfigureAwait(false);
        return
        [
            .. account.TrustedDevices
                .Where(d => d.Epoch == account.Epoch && now < d.ExpiresAt && policy.Covers(d.TrustedAt, now))
                .OrderByDescending(d => d.LastUsedAt)
                .Select(d => new TrustedDeviceInfo(d.Id, d.Name, d.TrustedAt, d.LastUsedAt, policy.EndOf(d))),
        ];
    }

    /// <summary>Trusts one device no longer: a code is asked for at its next sign-in. Sessions go on.</summary>
    /// <param name="userId">The user who is signed in.</param>
    /// <param name="deviceId">From the list.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ValueTask<RevokeTrustedDeviceResult> RevokeAsync(UserId userId, TrustedDeviceId deviceId, CancellationToken cancellationToken = default) =>
        RevokeAsync(userId, device => device.Id == deviceId, cancellationToken);

    /// <summary>Trusts no device any longer.</summary>
    /// <param name="userId">The user who is signed in.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ValueTask<RevokeTrustedDeviceResult> RevokeAllAsync(UserId userId, CancellationToken cancellationToken = default) =>
        RevokeAsync(userId, _ => true, cancellationToken);

    private ValueTask<RevokeTrustedDeviceResult> RevokeAsync(UserId userId, Func<TrustedDevice, bool> which, CancellationToken cancellationToken) =>
        RevokeAtHomeAsync(userId, which, cancellationToken).OrRefusedAsync(static reason => new RevokeTrustedDeviceResult.RegionRefused(reason));

    private ValueTask<RevokeTrustedDeviceResult> RevokeAtHomeAsync(UserId userId, Func<TrustedDevice, bool> which, CancellationToken cancellationToken)
    {
        userId.ThrowIfDefault(nameof(userId));
        var now = _time.GetUtcNow();
        return _transaction.RunAsync<RevokeTrustedDeviceResult>(
            userId,
            account =>
            {
                ImmutableArray<TrustedDeviceId> ids = [.. account.TrustedDevices.Where(which).Select(device => device.Id)];
                return ValueTask.FromResult(ids.IsEmpty
                    ? Decision<RevokeTrustedDeviceResult>.Reply(new RevokeTrustedDeviceResult.NotFound())
                    : Decision<RevokeTrustedDeviceResult>.Make(
                        new RevokeTrustedDeviceResult.Revoked(ids.Length), [new TrustedDevicesRevoked(now, ids, TrustRevocation.ByUser)]));
            },
            new RevokeTrustedDeviceResult.Contended(),
            cancellationToken);
    }
}
