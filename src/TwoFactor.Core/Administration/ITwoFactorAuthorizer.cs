using TwoFactor.Accounts;

namespace TwoFactor.Administration;

/// <summary>
/// Says which administrator may do what to whom. The host implements it; without one every administrative call is denied.
/// </summary>
public interface ITwoFactorAuthorizer
{
    /// <summary>True to let <paramref name="actor"/> do it. Anything else, an exception included, lets nothing happen.</summary>
    ValueTask<bool> IsAllowedAsync(UserId actor, AdministrativeAction action, UserId subject, CancellationToken cancellationToken);
}

/// <summary>What an administrator does to a user's second factor.</summary>
public enum AdministrativeAction
{
    /// <summary>End the soft locks.</summary>
    Unlock = 1,

    /// <summary>Remove secret, codes and challenges after verifying the user's identity.</summary>
    Reset = 2,
}
