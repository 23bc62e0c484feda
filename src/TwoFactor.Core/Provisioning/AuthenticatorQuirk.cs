namespace TwoFactor.Provisioning;

/// <summary>Something an app does with an otpauth URI that a service should know of, and who says so.</summary>
/// <param name="App">The app.</param>
/// <param name="Description">What it does.</param>
/// <param name="Source">Address of the statement.</param>
public sealed record AuthenticatorQuirk(AuthenticatorApp App, string Description, string Source)
{
    internal static readonly AuthenticatorQuirk[] Known =
    [
        new(AuthenticatorApp.GoogleAuthenticator, "An entry with the same label and issuer is overwritten without a question.",
            "https://github.com/google/google-authenticator/issues/252"),
        new(AuthenticatorApp.MicrosoftAuthenticator, "The issuer is taken from the label's prefix; the issuer parameter is ignored.",
            "https://github.com/RobThree/TwoFactorAuth.Net/issues/17"),
        new(AuthenticatorApp.MicrosoftAuthenticator, "An entry with the same account name is overwritten without a question.",
            "https://github.com/MicrosoftDocs/azure-docs/issues/15264"),
    ];
}
