using TwoFactor.Accounts;

namespace TwoFactor.Sample.Web.Services.SignIns;

/// <summary>The sign-in methods of the sample, and their words.</summary>
public static class SignInMethods
{
    /// <summary>The third-party login that the sample simulates.</summary>
    public const string Provider = "Google";

    public static SignInMethod Of(SignInMethodKind kind) => kind switch
    {
        SignInMethodKind.MagicLink => SignInMethod.MagicLink,
        SignInMethodKind.Sso => SignInMethod.Sso,
        SignInMethodKind.External => SignInMethod.External(Provider),
        _ => SignInMethod.Password,
    };

    /// <summary>"Password", "Sign-in link", ...</summary>
    public static string NameOf(SignInMethodKind kind) => kind switch
    {
        SignInMethodKind.MagicLink => "Sign-in link",
        SignInMethodKind.Sso => "Single sign-on",
        SignInMethodKind.External => Provider,
        _ => "Password",
    };
}
