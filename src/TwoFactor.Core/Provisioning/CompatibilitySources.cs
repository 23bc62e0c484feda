namespace TwoFactor.Provisioning;

/// <summary>Where the facts about apps come from. Apps change: what a source says holds for its date.</summary>
internal static class CompatibilitySources
{
    /// <summary>Google's own description of the format, with what its older apps ignore.</summary>
    public const string GoogleKeyUriFormat = "https://github.com/google/google-authenticator/wiki/Key-Uri-Format";

    /// <summary>Eleven apps on Android and iOS, three hashes by six and eight digits, tested on 23 November 2022.</summary>
    public const string ContegixTests = "https://gist.github.com/gwelch-contegix/afa52c7b45693a19c198ab0bfb886fe2";

    /// <summary>Android apps against oathtool, SHA-1 and SHA-256, 2025.</summary>
    public const string MarierTests = "http://referrer.fmarier.org/posts/totp-in-2025";

    /// <summary>The support matrix of Authelia's documentation.</summary>
    public const string AutheliaMatrix = "https://github.com/authelia/authelia/blob/master/docs/data/support.json";

    /// <summary>Okta Verify tested for Authelia's matrix, July 2024.</summary>
    public const string AutheliaOkta = "https://github.com/authelia/authelia/pull/7504";

    /// <summary>Keycloak's check which policies Microsoft Authenticator can follow: SHA-1, 6 digits, 30 seconds.</summary>
    public const string KeycloakMicrosoft =
        "https://github.com/keycloak/keycloak/blob/main/services/src/main/java/org/keycloak/authentication/otp/MicrosoftAuthenticatorOTPProvider.java";

    /// <summary>Keycloak lists Google Authenticator for SHA-256, SHA-512 and 8 digits, still for 30 seconds only, February 2024.</summary>
    public const string KeycloakGoogle = "https://github.com/keycloak/keycloak/pull/27351";

    /// <summary>Which apps work with SHA-256 and SHA-512, collected 2020 to 2021.</summary>
    public const string JavaTotpList = "https://github.com/samdjstevens/java-totp/issues/30";

    /// <summary>Authy and a period of 60 seconds, 2018.</summary>
    public const string PrivacyIdeaAuthy = "https://github.com/privacyidea/privacyidea/issues/1156";

    /// <summary>The one-time password generator of Auth0's Guardian SDK: SHA-1, 6 digits and 30 seconds unless told otherwise.</summary>
    public const string GuardianSdk = "https://github.com/auth0/Guardian.swift/pull/71";
}
