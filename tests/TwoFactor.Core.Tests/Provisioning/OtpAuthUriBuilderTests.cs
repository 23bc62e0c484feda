using NUnit.Framework;
using TwoFactor.Otp;
using TwoFactor.Provisioning;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Provisioning;

[TestFixture]
[Feature("E3")]
public sealed class OtpAuthUriBuilderTests
{
    private const string Encoded = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    private OtpSecret _secret = null!;

    [SetUp]
    public void MakeSecret() => _secret = OtpSecret.FromBytes("12345678901234567890"u8);

    [TearDown]
    public void DisposeSecret() => _secret.Dispose();

    [Test]
    public void Defaults_are_left_out() =>
        Assert.That(Totp(TotpParameters.Default),
            Is.EqualTo($"otpauth://totp/Example:alice%40example.com?secret={Encoded}&issuer=Example"));

    [Test]
    public void Defaults_are_written_on_request() =>
        Assert.That(OtpAuthUriBuilder.BuildTotp("Example", "alice", _secret, TotpParameters.Default, emitDefaults: true),
            Is.EqualTo($"otpauth://totp/Example:alice?secret={Encoded}&issuer=Example&algorithm=SHA1&digits=6&period=30"));

    [Test]
    public void What_is_no_default_is_written() =>
        Assert.That(Totp(new TotpParameters { Algorithm = OtpAlgorithm.Sha256, Digits = 8, PeriodSeconds = 60 }),
            Is.EqualTo($"otpauth://totp/Example:alice%40example.com?secret={Encoded}&issuer=Example&algorithm=SHA256&digits=8&period=60"));

    [Test]
    public void A_counter_is_always_written([Values(0L, 7L, long.MaxValue)] long counter) =>
        Assert.That(OtpAuthUriBuilder.BuildHotp("Example", "alice", _secret, counter),
            Is.EqualTo($"otpauth://hotp/Example:alice?secret={Encoded}&issuer=Example&counter={counter}"));

    [Test]
    public void HOTP_has_no_period_even_with_defaults() =>
        Assert.That(OtpAuthUriBuilder.BuildHotp("Example", "alice", _secret, 5, emitDefaults: true),
            Is.EqualTo($"otpauth://hotp/Example:alice?secret={Encoded}&issuer=Example&algorithm=SHA1&digits=6&counter=5"));

    [TestCase("Big Corp", "Big%20Corp")]
    [TestCase("a+b", "a%2Bb")]
    [TestCase("R&D?#/=%", "R%26D%3F%23%2F%3D%25")]
    [TestCase("a-b.c_d~e", "a-b.c_d~e")]
    [TestCase("(a)*'!", "%28a%29%2A%27%21")]
    [TestCase("Müller", "M%C3%BCller")]
    [TestCase("東京", "%E6%9D%B1%E4%BA%AC")]
    [TestCase("😀", "%F0%9F%98%80")]
    public void Every_component_is_escaped_by_RFC_3986(string issuer, string escaped) =>
        Assert.That(OtpAuthUriBuilder.BuildTotp(issuer, issuer, _secret, TotpParameters.Default),
            Is.EqualTo($"otpauth://totp/{escaped}:{escaped}?secret={Encoded}&issuer={escaped}"));

    [Test]
    public void A_secret_is_written_without_padding()
    {
        using var secret = OtpSecret.FromBytes("1"u8);
        Assert.That(OtpAuthUriBuilder.BuildTotp("I", "a", secret, TotpParameters.Default), Does.EndWith("?secret=GE&issuer=I"));
    }

    [TestCase("")]
    [TestCase("  ")]
    [TestCase("a:b")]
    [TestCase("a\nb")]
    [TestCase("a\u202Eb", TestName = "{m}(right-to-left override)")]
    public void Unfit_names_are_misuse(string text)
    {
        Assert.That(() => OtpAuthUriBuilder.BuildTotp(text, "a", _secret, TotpParameters.Default),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("issuer"));
        Assert.That(() => OtpAuthUriBuilder.BuildTotp("I", text, _secret, TotpParameters.Default),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("account"));
        Assert.That(() => OtpAuthUriBuilder.BuildHotp("I", text, _secret, 0),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("account"));
    }

    [Test]
    public void Other_misuse_names_the_parameter()
    {
        Assert.That(() => OtpAuthUriBuilder.BuildTotp(null!, "a", _secret, TotpParameters.Default), Throws.ArgumentNullException);
        Assert.That(() => OtpAuthUriBuilder.BuildTotp("I", "a", null!, TotpParameters.Default), Throws.ArgumentNullException);
        Assert.That(() => OtpAuthUriBuilder.BuildTotp("I", "a", _secret, null!), Throws.ArgumentNullException);
        Assert.That(() => Totp(new TotpParameters { T0 = 1 }), Throws.ArgumentException.With.Property("ParamName").EqualTo("parameters"));
        Assert.That(() => OtpAuthUriBuilder.BuildHotp("I", "a", _secret, -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => OtpAuthUriBuilder.BuildHotp("I", "a", _secret, 0, digits: 5), Throws.InstanceOf<ArgumentOutOfRangeException>());
        _secret.Dispose();
        Assert.That(() => Totp(TotpParameters.Default), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void The_longest_names_with_the_longest_new_secret_still_parse()
    {
        using var secret = OtpSecret.Generate(OtpSecret.MaxGeneratedLength);
        var name = new string('ä', ProvisioningLabel.MaxEscapedLength / 6);
        var parameters = new TotpParameters { Algorithm = OtpAlgorithm.Sha512, Digits = 8, PeriodSeconds = int.MaxValue };
        var text = OtpAuthUriBuilder.BuildTotp(name, name, secret, parameters);
        Assert.That(OtpAuthUri.TryParse(text, out var uri, out var error), Is.True, () => error.ToString());
        using (uri) Assert.That(uri!.Account, Is.EqualTo(name));
    }

    [Test]
    public void A_secret_too_long_for_any_reader_is_misuse()
    {
        using var secret = OtpSecret.FromBytes(new byte[OtpSecret.MaxLength]);
        var name = new string('x', 400);
        Assert.That(() => OtpAuthUriBuilder.BuildTotp(name, name, secret, TotpParameters.Default),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("secret"));
    }

    [Test]
    public void Nothing_is_allocated_but_the_string()
    {
        const int times = 200;
        var text = "";
        for (var i = 0; i < times; i++) text = Totp(TotpParameters.Default);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < times; i++) text = Totp(TotpParameters.Default);
        // Over many calls, because a single one may be charged with something that the runtime does once.
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / times;
        Assert.That(bytes, Is.LessThanOrEqualTo(text.Length * sizeof(char) + 32));
    }

    private string Totp(TotpParameters parameters) => OtpAuthUriBuilder.BuildTotp("Example", "alice@example.com", _secret, parameters);
}
