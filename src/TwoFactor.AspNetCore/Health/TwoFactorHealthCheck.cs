using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Diagnostics;
using TwoFactor.Cryptography;
using TwoFactor.Storage;

namespace TwoFactor.AspNetCore.Health;

/// <summary>
/// Loads an account as a sign-in would, and seals and opens a seed. Of a fault it tells the type alone: its message may hold an address or a password.
/// </summary>
internal sealed class TwoFactorHealthCheck(IAccountStore store, ISecretProtector protector, ILogger<TwoFactorHealthCheck> logger) : IHealthCheck
{
    /// <summary>A user whom nobody has: no host's key is made of this.</summary>
    private static readonly UserId s_probe = new("two-factor:health-check");

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            await store.LoadAsync(s_probe, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return Unhealthy(context, "the store", e.GetType().Name);
        }

        try
        {
            if (Open() != UnprotectOutcome.Success) return Unhealthy(context, "the keys of seeds", "a seed that was just sealed does not open");
        }
        catch (Exception e)
        {
            return Unhealthy(context, "the keys of seeds", e.GetType().Name);
        }

        return HealthCheckResult.Healthy("An account was loaded, and a seed sealed and opened.");
    }

    private UnprotectOutcome Open()
    {
        var envelope = protector.Protect(new byte[20], "two-factor:health-check"u8);
        return protector.Unprotect(envelope, "two-factor:health-check"u8, new byte[protector.GetMaxSecretLength(envelope.Length)], out _);
    }

    private HealthCheckResult Unhealthy(HealthCheckContext context, string part, string fault)
    {
        WebLog.Unhealthy(logger, part, fault);
        return new HealthCheckResult(context.Registration.FailureStatus, $"Failed at {part}: {fault}.");
    }
}
