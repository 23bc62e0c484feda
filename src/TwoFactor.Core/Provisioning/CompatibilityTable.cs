using static TwoFactor.Provisioning.AppSupport;
using static TwoFactor.Provisioning.AuthenticatorApp;
using static TwoFactor.Provisioning.CompatibilitySources;
using static TwoFactor.Provisioning.ProvisioningParameter;

namespace TwoFactor.Provisioning;

/// <summary>The facts, app by app. What no row says is <see cref="Undocumented"/>.</summary>
internal static class CompatibilityTable
{
    public const string OtherPeriod = "other than 30";

    public static readonly CompatibilityFact[] Rows =
    [
        .. Defaults(GoogleAuthenticator, GoogleKeyUriFormat),
        new(GoogleAuthenticator, Algorithm, "SHA256", Varies, KeycloakGoogle, "Works since about 2023; before, Android ignored it (tests of 2022)."),
        new(GoogleAuthenticator, Algorithm, "SHA512", Varies, KeycloakGoogle, "Works since about 2023; before, Android ignored it (tests of 2022)."),
        new(GoogleAuthenticator, Digits, "8", Varies, KeycloakGoogle, "Works since about 2023; before, Android ignored it (tests of 2022)."),
        new(GoogleAuthenticator, Period, OtherPeriod, NotHonoured, GoogleKeyUriFormat, "The period is ignored."),

        .. Defaults(MicrosoftAuthenticator, KeycloakMicrosoft),
        new(MicrosoftAuthenticator, Algorithm, "SHA256", NotHonoured, ContegixTests, "Ignored: SHA-1 is used."),
        new(MicrosoftAuthenticator, Algorithm, "SHA512", NotHonoured, ContegixTests, "Ignored: SHA-1 is used."),
        new(MicrosoftAuthenticator, Digits, "7", NotHonoured, KeycloakMicrosoft, "Digits are ignored."),
        new(MicrosoftAuthenticator, Digits, "8", NotHonoured, ContegixTests, "Digits are ignored."),
        new(MicrosoftAuthenticator, Period, OtherPeriod, NotHonoured, KeycloakMicrosoft),

        .. Defaults(DuoMobile, MarierTests),
        new(DuoMobile, Algorithm, "SHA256", NotHonoured, MarierTests, "Ignored: SHA-1 is used."),
        new(DuoMobile, Algorithm, "SHA512", NotHonoured, JavaTotpList),

        .. Defaults(OktaVerify, AutheliaOkta),
        new(OktaVerify, Algorithm, "SHA256", NotHonoured, AutheliaOkta),
        new(OktaVerify, Algorithm, "SHA512", NotHonoured, AutheliaOkta),
        new(OktaVerify, Digits, "7", NotHonoured, AutheliaOkta, "SHA-1 with 6 digits only."),
        new(OktaVerify, Digits, "8", NotHonoured, AutheliaOkta, "SHA-1 with 6 digits only."),

        .. Defaults(Auth0Guardian, GuardianSdk),
        new(Auth0Guardian, Algorithm, "SHA256", Undocumented, JavaTotpList, "One report that it works on Android; none about iOS."),
        new(Auth0Guardian, Algorithm, "SHA512", Undocumented, JavaTotpList, "One report that it works on Android; none about iOS."),

        .. Defaults(LastPassAuthenticator, ContegixTests),
        new(LastPassAuthenticator, Algorithm, "SHA256", Honoured, ContegixTests, "Android and iOS; a list of 2020 had it among those that do not."),
        new(LastPassAuthenticator, Algorithm, "SHA512", Honoured, ContegixTests, "Android and iOS."),
        new(LastPassAuthenticator, Digits, "8", Honoured, ContegixTests, "Android and iOS."),

        .. Defaults(OnePassword, AutheliaMatrix),
        new(OnePassword, Algorithm, "SHA256", Varies, AutheliaMatrix, "Works in Authelia's matrix, not available on Android in tests of 2025."),
        new(OnePassword, Algorithm, "SHA512", NotHonoured, AutheliaMatrix),
        new(OnePassword, Digits, "8", NotHonoured, AutheliaMatrix),

        .. Defaults(Authy, ContegixTests),
        new(Authy, Algorithm, "SHA256", NotHonoured, ContegixTests, "Ignored: SHA-1 is used."),
        new(Authy, Algorithm, "SHA512", NotHonoured, ContegixTests, "Ignored: SHA-1 is used."),
        new(Authy, Digits, "8", Honoured, ContegixTests, "Android and iOS."),
        new(Authy, Period, OtherPeriod, NotHonoured, PrivacyIdeaAuthy, "Reported for 60 seconds."),
    ];

    private static CompatibilityFact[] Defaults(AuthenticatorApp app, string source) =>
        [new(app, Algorithm, "SHA1", Honoured, source), new(app, Digits, "6", Honoured, source), new(app, Period, "30", Honoured, source)];
}
