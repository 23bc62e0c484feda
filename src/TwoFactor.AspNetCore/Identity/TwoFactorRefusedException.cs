using TwoFactor.Accounts;

namespace TwoFactor.AspNetCore.Identity;

/// <summary>
/// A call of Identity that cannot be carried out safely as it was made. The message says what to call instead. It is an exception because pages
/// written for Identity do not look at the results of these calls, and would report a success.
/// </summary>
public class TwoFactorRefusedException : InvalidOperationException
{
    /// <summary>With what is refused and what to do.</summary>
    public TwoFactorRefusedException(string message) : base(message)
    {
    }
}

/// <summary>
/// A change of an active authenticator without a fresh proof of it. In Razor pages and MVC actions it becomes a challenge: the browser goes to
/// the login page, the user passes both factors, and comes back.
/// </summary>
public sealed class TwoFactorProofRequiredException : TwoFactorRefusedException
{
    internal TwoFactorProofRequiredException(ProofRefusal refusal) : base(
        $"An authenticator is active, and changing it needs a fresh proof of it ({refusal}). Let the user sign in again with a code, or call UserManager.VerifyTwoFactorTokenAsync with a code in the session, then repeat the call.") =>
        Refusal = refusal;

    /// <summary>What is wrong with the session's proof.</summary>
    public ProofRefusal Refusal { get; }
}

/// <summary>
/// <c>SignInAsync</c> for a user who may not be signed in without more. When <see cref="Result"/> asks for a second factor, the two-factor sign-in
/// has begun: redirect to the page that asks for the code.
/// </summary>
public sealed class TwoFactorSignInRequiredException : TwoFactorRefusedException
{
    internal TwoFactorSignInRequiredException(TwoFactorSignInResult result) : base(
        $"SignInAsync would pass over the second factor ({result}). Sign in by PasswordSignInAsync or ExternalLoginSignInAsync, or catch this exception and go on as its Result says.") =>
        Result = result;

    /// <summary>What PasswordSignInAsync would have answered.</summary>
    public TwoFactorSignInResult Result { get; }
}
