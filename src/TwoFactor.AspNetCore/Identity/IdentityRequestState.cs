using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Sessions;

namespace TwoFactor.AspNetCore.Identity;

/// <summary>
/// What one request has learned that Identity's calls have no place for: pages ask for it in several calls that know the user alone. Scoped.
/// </summary>
internal sealed class IdentityRequestState
{
    private (UserId User, ImmutableArray<string> Codes) _unshown;

    /// <summary>The authenticator that this request began to set up.</summary>
    public PendingAuthenticator? Pending { get; set; }

    /// <summary>True when what the browser shows was found to be replaced, or confirmed: it is not shown again.</summary>
    public bool IsShownOver { get; set; }

    /// <summary>The newest proof that this request made.</summary>
    public Proof? Proof { get; set; }

    /// <summary>The session as this request has renewed it; null when it has not.</summary>
    public TwoFactorSession? Renewed { get; set; }

    /// <summary>Keeps the backup codes that came with a confirmed authenticator until the page asks for them.</summary>
    public void KeepUnshown(UserId user, ImmutableArray<string> codes) => _unshown = (user, codes);

    /// <summary>True while codes wait that nobody has seen.</summary>
    public bool HasUnshown(UserId user) => !_unshown.Codes.IsDefaultOrEmpty && _unshown.User == user;

    /// <summary>Hands the codes out, once.</summary>
    public ImmutableArray<string> TakeUnshown()
    {
        var codes = _unshown.Codes;
        _unshown = default;
        return codes;
    }
}
