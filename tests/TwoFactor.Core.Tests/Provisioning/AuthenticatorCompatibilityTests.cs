using NUnit.Framework;
using TwoFactor.Otp;
using TwoFactor.Provisioning;
using TwoFactor.Testing;
using static TwoFactor.Provisioning.AppSupport;
using static TwoFactor.Provisioning.AuthenticatorApp;

namespace TwoFactor.Tests.Provisioning;

[TestFixture]
[Feature("B3")]
public sealed class AuthenticatorCompatibilityTests
{
    private static readonly AuthenticatorApp[] Eight =
        [GoogleAuthenticator, MicrosoftAuthenticator, DuoMobile, OktaVerify, Auth0Guardian, LastPassAuthenticator, OnePassword, Authy];

    [Test]
    public void The_query_covers_the_eight_apps()
    {
        Assert.That(AuthenticatorCompatibility.Apps, Is.EqualTo(Eight));
        Assert.That(AuthenticatorCompatibility.Query(TotpParameters.Default).Select(answer => answer.App), Is.EqualTo(Eight));
    }

    [Test]
    public void The_defaults_are_honoured_by_all_and_cause_no_warning()
    {
        Assert.That(AuthenticatorCompatibility.IsHonouredByAll(TotpParameters.Default), Is.True);
        Assert.That(AuthenticatorCompatibility.Query(TotpParameters.Default), Is.All.Property(nameof(AppCompatibility.IsCompatible)).True);
        Assert.That(ProvisioningWarnings.ForTotp(TotpParameters.Default, uriLength: 500), Is.Empty);
    }

    [TestCase(GoogleAuthenticator, Varies, Varies, Varies, NotHonoured)]
    [TestCase(MicrosoftAuthenticator, NotHonoured, NotHonoured, NotHonoured, NotHonoured)]
    [TestCase(DuoMobile, NotHonoured, NotHonoured, Undocumented, Undocumented)]
    [TestCase(OktaVerify, NotHonoured, NotHonoured, NotHonoured, Undocumented)]
    [TestCase(Auth0Guardian, Undocumented, Undocumented, Undocumented, Undocumented)]
    [TestCase(LastPassAuthenticator, Honoured, Honoured, Honoured, Undocumented)]
    [TestCase(OnePassword, Varies, NotHonoured, NotHonoured, Undocumented)]
    [TestCase(Authy, NotHonoured, NotHonoured, Honoured, NotHonoured)]
    public void Each_app_honours_what_is_known_of_it(
        AuthenticatorApp app, AppSupport sha256, AppSupport sha512, AppSupport eightDigits, AppSupport sixtySeconds)
    {
        AppCompatibility Ask(TotpParameters parameters) => AuthenticatorCompatibility.Query(app, parameters);

        Assert.That(Ask(new() { Algorithm = OtpAlgorithm.Sha256 }).Algorithm.Support, Is.EqualTo(sha256));
        Assert.That(Ask(new() { Algorithm = OtpAlgorithm.Sha512 }).Algorithm.Support, Is.EqualTo(sha512));
        Assert.That(Ask(new() { Digits = 8 }).Digits.Support, Is.EqualTo(eightDigits));
        Assert.That(Ask(new() { PeriodSeconds = 60 }).Period.Support, Is.EqualTo(sixtySeconds));
    }

    [Test]
    public void Every_claim_has_a_source_and_no_value_two_claims()
    {
        Assert.That(AuthenticatorCompatibility.Facts.Where(fact => fact.Support != Undocumented).Select(fact => fact.Source),
            Is.All.Matches<string>(source => Uri.IsWellFormedUriString(source, UriKind.Absolute)));
        Assert.That(AuthenticatorCompatibility.Facts.Select(fact => (fact.App, fact.Parameter, fact.Value)), Is.Unique);
        Assert.That(AuthenticatorCompatibility.Quirks.Select(quirk => quirk.Source), Is.All.StartsWith("https://"));
    }

    [Test]
    public void What_nobody_documents_is_neither_compatible_nor_warned_about()
    {
        var parameters = new TotpParameters { PeriodSeconds = 60 };
        Assert.That(AuthenticatorCompatibility.Query(DuoMobile, parameters).IsCompatible, Is.False);
        Assert.That(ProvisioningWarnings.ForTotp(parameters).Select(warning => warning.Fact!.App),
            Is.EqualTo(new[] { GoogleAuthenticator, MicrosoftAuthenticator, Authy }));
    }

    [Test]
    public void An_undefined_app_is_misuse() =>
        Assert.That(() => AuthenticatorCompatibility.Query((AuthenticatorApp)8, TotpParameters.Default),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
}
