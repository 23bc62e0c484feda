using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using TwoFactor.Otp;
using TwoFactor.Provisioning;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Provisioning;

[TestFixture]
[Feature("E3")]
public sealed class OtpAuthUriRoundTripTests
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(3_000);

    private sealed record Enrollment(string Issuer, string Account, byte[] Secret, int Algorithm, int Digits, int Period, long Counter, bool EmitDefaults);

    [Test]
    public void Parsing_what_was_built_for_TOTP_gives_what_went_in() => Prop.ForAll(Enrollments(), e =>
    {
        var parameters = new TotpParameters { Algorithm = (OtpAlgorithm)e.Algorithm, Digits = e.Digits, PeriodSeconds = e.Period };
        using var secret = OtpSecret.FromBytes(e.Secret);
        var text = OtpAuthUriBuilder.BuildTotp(e.Issuer, e.Account, secret, parameters, e.EmitDefaults);
        return OtpAuthUri.TryParse(text, out var uri, out _) && Agrees(uri, e)
            && uri.Type == OtpAuthType.Totp && uri.ToTotpParameters() == parameters && uri.Counter is null;
    }).Check(Often);

    [Test]
    public void Parsing_what_was_built_for_HOTP_gives_what_went_in() => Prop.ForAll(Enrollments(), e =>
    {
        using var secret = OtpSecret.FromBytes(e.Secret);
        var text = OtpAuthUriBuilder.BuildHotp(e.Issuer, e.Account, secret, e.Counter, e.Digits, (OtpAlgorithm)e.Algorithm, e.EmitDefaults);
        return OtpAuthUri.TryParse(text, out var uri, out _) && Agrees(uri, e)
            && uri.Type == OtpAuthType.Hotp && uri.Counter == e.Counter && uri.Period is null
            && uri.Digits == e.Digits && uri.Algorithm == (OtpAlgorithm)e.Algorithm;
    }).Check(Often);

    [Test]
    public void No_text_makes_the_parser_throw() => Prop.ForAll<string?>(text =>
    {
        var valid = OtpAuthUri.TryParse(text, out var uri, out var error);
        var prefixed = OtpAuthUri.TryParse("otpauth://totp/" + text, out var other, out var otherError);
        return valid == uri is not null && valid == (error == default) && prefixed == other is not null && prefixed == (otherError == default);
    }).Check(Often);

    /// <summary>Every prefix of a valid URI, and the URI with each character replaced, is parsed or refused, never more.</summary>
    [Test]
    public void No_damage_to_a_uri_makes_the_parser_throw()
    {
        const string text = "otpauth://hotp/A%C3%A9:b%20c?secret=GEZDGNBV&issuer=A%C3%A9&algorithm=SHA512&digits=8&counter=9";
        for (var i = 0; i <= text.Length; i++)
        {
            Assert.That(() => Dispose(text[..i]), Throws.Nothing, $"cut at {i}");
            foreach (var c in "%:/?#&=+ \0\u202E\uD800é0Zz-")
                if (i < text.Length) Assert.That(() => Dispose(text[..i] + c + text[(i + 1)..]), Throws.Nothing, $"U+{(int)c:X4} at {i}");
        }
    }

    private static void Dispose(string text)
    {
        if (OtpAuthUri.TryParse(text, out var uri, out _)) uri.Dispose();
    }

    private static bool Agrees(OtpAuthUri uri, Enrollment e) =>
        uri.Issuer == e.Issuer && uri.LabelIssuer == e.Issuer && uri.Account == e.Account && !uri.HasIssuerMismatch && uri.Secret.Bytes.SequenceEqual(e.Secret);

    private static Arbitrary<Enrollment> Enrollments()
    {
        var name = ArbMap.Default.GeneratorFor<NonEmptyString>().Select(s => s.Get).Where(s => ProvisioningLabel.TryValidate(s, out _));
        var generator =
            from issuer in name
            from account in name
            from secret in Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf().Where(bytes => bytes.Length is > 0 and <= 64)
            from algorithm in Gen.Choose(0, 2)
            from digits in Gen.Choose(6, 8)
            from period in Gen.OneOf(Gen.Constant(30), Gen.Choose(1, int.MaxValue))
            from counter in Gen.OneOf(Gen.Constant(long.MaxValue), Gen.Choose(0, int.MaxValue).Select(i => (long)i))
            from emitDefaults in Gen.Elements(true, false)
            select new Enrollment(issuer, account, secret, algorithm, digits, period, counter, emitDefaults);
        return generator.ToArbitrary();
    }
}
