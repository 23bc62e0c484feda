namespace TwoFactor.Provisioning;

/// <summary>The authenticator apps that provisioning is checked against.</summary>
public enum AuthenticatorApp
{
    /// <summary>Google Authenticator.</summary>
    GoogleAuthenticator = 0,

    /// <summary>Microsoft Authenticator.</summary>
    MicrosoftAuthenticator,

    /// <summary>Duo Mobile.</summary>
    DuoMobile,

    /// <summary>Okta Verify.</summary>
    OktaVerify,

    /// <summary>Auth0 Guardian.</summary>
    Auth0Guardian,

    /// <summary>LastPass Authenticator (the separate app, not the vault).</summary>
    LastPassAuthenticator,

    /// <summary>1Password.</summary>
    OnePassword,

    /// <summary>Authy.</summary>
    Authy,
}
