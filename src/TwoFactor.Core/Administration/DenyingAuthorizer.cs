using TwoFactor.Accounts;

namespace TwoFactor.Administration;

/// <summary>The default: nobody may do anything.</summary>
internal sealed class DenyingAuthorizer : ITwoFactorAuthorizer
{
    public ValueTask<bool> IsAllowedAsync(UserId actor, AdministrativeAction action, UserId subject, CancellationToken cancellationToken) =>
        ValueTask.FromResult(false);
}
