using NUnit.Framework;
using TwoFactor.Otp;
using TwoFactor.Provisioning;
using TwoFactor.Testing;
using Kind = TwoFactor.Provisioning.ProvisioningWarningKind;

namespace TwoFactor.Tests.Provisioning;

[TestFixture]
[Feature("E3")]
public sealed class ProvisioningWarningsTests
{
    [TestCase(0L, false)]
    [TestCase(2_147_483_647L, false)]
    [TestCase(2_147_483_648L, true)]
    public void Counters_above_int32_are_warned_about(long counter, bool warned) =>
        Assert.That(Kinds(ProvisioningWarnings.ForHotp(counter)), warned ? Is.EqualTo(new[] { Kind.CounterAboveInt32 }) : Is.Empty);

    [TestCase(500, false)]
    [TestCase(501, true)]
    public void Uris_over_500_characters_are_warned_about(int length, bool warned)
    {
        Assert.That(Kinds(ProvisioningWarnings.ForTotp(TotpParameters.Default, length)),
            warned ? Is.EqualTo(new[] { Kind.LongUri }) : Is.Empty);
        Assert.That(Kinds(ProvisioningWarnings.ForHotp(1, uriLength: length)), warned ? Is.EqualTo(new[] { Kind.LongUri }) : Is.Empty);
    }

    [Test]
    public void What_an_app_ignores_is_warned_about_with_the_app_and_the_source()
    {
        var warnings = ProvisioningWarnings.ForTotp(new TotpParameters { Algorithm = OtpAlgorithm.Sha512 });
        Assert.That(warnings.Select(warning => warning.Kind), Is.Not.Empty.And.All.EqualTo(Kind.NotHonoured));
        Assert.That(warnings.Select(warning => warning.Fact!.App),
            Does.Contain(AuthenticatorApp.MicrosoftAuthenticator).And.Contain(AuthenticatorApp.OnePassword));
        Assert.That(warnings.Select(warning => warning.Fact!.Source), Is.All.Not.Empty);
        Assert.That(warnings[0].ToString(), Does.Contain("SHA512"));
    }

    [Test]
    public void Misuse_names_the_parameter()
    {
        Assert.That(() => ProvisioningWarnings.ForTotp(TotpParameters.Default, -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => ProvisioningWarnings.ForHotp(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => ProvisioningWarnings.ForTotp(null!), Throws.ArgumentNullException);
    }

    private static IEnumerable<Kind> Kinds(IReadOnlyList<ProvisioningWarning> warnings) => warnings.Select(warning => warning.Kind);
}
