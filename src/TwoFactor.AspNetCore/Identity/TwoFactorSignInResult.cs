using TwoFactor.Accounts;
using TwoFactor.SignIn;
using TwoFactor.Verification;

namespace TwoFactor.AspNetCore.Identity;

/// <summary>
/// What <see cref="TwoFactorSignInManager{TUser}"/> answers: Identity's flags, so that existing pages keep working, and behind them what really
/// was the case, for pages that want to say it.
/// </summary>
public sealed class TwoFactorSignInResult : Microsoft.AspNetCore.Identity.SignInResult
{
    private TwoFactorSignInResult()
    {
    }

    /// <summary>What followed the first factor; null when it did not pass, or when this answers a code.</summary>
    public BeginSignInResult? Begin { get; private init; }

    /// <summary>What followed the code; null when this answers a first factor.</summary>
    public VerifySignInResult? Code { get; private init; }

    /// <summary>Why a code was not accepted; null otherwise.</summary>
    public CodeRefusal? Refusal => (Code as VerifySignInResult.Refused)?.Refusal;

    /// <summary>The lock; null when there is none, and when Identity's own lockout or the end of an attempt stands behind <c>IsLockedOut</c>.</summary>
    public AccountLock? Lock { get; private init; }

    /// <summary>True when the attempt is over and the user must begin again with the password: wrong codes ended it, or its time ran out.</summary>
    public bool MustStartOver => Code is VerifySignInResult.ChallengeVoid || Refusal is CodeRefusal.StartOver;

    /// <summary>True when the user must set up an authenticator before he gets in: see <see cref="TwoFactorSignInManager{TUser}.BeginRequiredEnrollmentAsync"/>.</summary>
    public bool RequiresEnrollment => Begin is BeginSignInResult.EnrollmentRequired;

    /// <summary>
    /// True when Identity's own tables call the user two-factor enabled and no authenticator has been set up here: he is not let in with the
    /// password alone; when <c>RequiresTwoFactor</c>, the code of the one there is asked for. See <see cref="ExistingAuthenticators"/>.
    /// </summary>
    public bool IsNotMoved { get; private init; }

    internal static TwoFactorSignInResult Of(BeginSignInResult begin) => begin switch
    {
        BeginSignInResult.Allowed or BeginSignInResult.Trusted => new TwoFactorSignInResult { Succeeded = true, Begin = begin },
        BeginSignInResult.ChallengeRequired => new TwoFactorSignInResult { RequiresTwoFactor = true, Begin = begin },
        BeginSignInResult.LockedOut locked => new TwoFactorSignInResult { IsLockedOut = true, Begin = begin, Lock = locked.Lock },
        BeginSignInResult.Contended => new TwoFactorSignInResult { Begin = begin },
        // What remains lets nobody in, whatever is added to it.
        _ => new TwoFactorSignInResult { IsNotAllowed = true, Begin = begin },
    };

    internal static TwoFactorSignInResult Of(VerifySignInResult code) => code switch
    {
        VerifySignInResult.SignedIn => new TwoFactorSignInResult { Succeeded = true, Code = code },
        VerifySignInResult.Refused { Refusal: CodeRefusal.LockedOut locked } => new TwoFactorSignInResult { IsLockedOut = true, Code = code, Lock = locked.Lock },
        // A page that knows nothing of attempts would let the user type codes into one that is over; "locked out" brings him back to the login.
        VerifySignInResult.ChallengeVoid or VerifySignInResult.Refused { Refusal: CodeRefusal.StartOver } =>
            new TwoFactorSignInResult { IsLockedOut = true, Code = code },
        _ => new TwoFactorSignInResult { Code = code },
    };

    internal static TwoFactorSignInResult Locked(AccountLock l) => new() { IsLockedOut = true, Lock = l };

    internal static TwoFactorSignInResult Of(RegionRefusal reason) => Of(new BeginSignInResult.RegionRefused(reason));

    internal static TwoFactorSignInResult NotMoved() => new() { IsNotAllowed = true, IsNotMoved = true };

    internal static TwoFactorSignInResult AskExisting() => new() { RequiresTwoFactor = true, IsNotMoved = true };

    internal static TwoFactorSignInResult RefuseExisting() => new() { IsNotMoved = true };
}
