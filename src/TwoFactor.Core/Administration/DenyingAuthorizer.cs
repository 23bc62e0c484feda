namespace TwoFactor.Administration;

/// <summary>The default: nobody may do anything.</summary>
internal sealed class DenyingAuthorizer : ITwoFactorAuthorizer
{
    public ValueTask<bool> IsAllowedAsync(AdministrativeRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(false);
}
