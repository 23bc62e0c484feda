namespace TwoFactor.Administration;

/// <summary>
/// Says which administrator may do what to whom. The host implements it, or uses <see cref="RoleBasedAuthorizer"/>; without one every
/// administrative call is denied.
/// </summary>
public interface ITwoFactorAuthorizer
{
    /// <summary>True to let it happen. Anything else, an exception included, lets nothing happen.</summary>
    ValueTask<bool> IsAllowedAsync(AdministrativeRequest request, CancellationToken cancellationToken);
}
