using Microsoft.AspNetCore.Http;
using TwoFactor.SignIn;

namespace TwoFactor.AspNetCore.Identity;

/// <summary>What becomes of users whose second factor stands in Identity's own tables and who have not set up an authenticator here.</summary>
public enum ExistingAuthenticators
{
    /// <summary>They are not signed in: <c>NotAllowed</c>, with <see cref="TwoFactorSignInResult.IsNotMoved"/>. The default.</summary>
    Refuse = 0,

    /// <summary>
    /// For the time of a switch-over: the code of the authenticator in Identity's tables, or one of its recovery codes, is asked for and accepted
    /// once, and wrong ones count as wrong passwords. The session has no proof; setting up a new authenticator ends it. Who has no key there, such
    /// as users of codes by e-mail, is refused.
    /// </summary>
    AcceptUntilReplaced = 1,
}

/// <summary>How ASP.NET Core Identity is joined to the two-factor services.</summary>
public sealed class TwoFactorIdentityOptions
{
    /// <summary>What becomes of users who are two-factor enabled in Identity's tables alone. Default <see cref="ExistingAuthenticators.Refuse"/>.</summary>
    public ExistingAuthenticators ExistingAuthenticators { get; set; }

    /// <summary>
    /// Adds to a sign-in what Identity does not know: the client, whether a new user is being activated, what an identity provider asserts.
    /// User and method are set already. Default: a browser, no activation.
    /// </summary>
    public Func<HttpContext, SignInRequest, SignInRequest> ConfigureRequest { get; set; } = static (_, request) => request;
}
