using System.Text.Json;
using NUnit.Framework;
using TwoFactor.Otp;
using TwoFactor.Provisioning;
using TwoFactor.Testing;
using static TwoFactor.Provisioning.OtpAuthUriErrorCode;
using Part = TwoFactor.Provisioning.OtpAuthUriPart;

namespace TwoFactor.Tests.Provisioning;

[TestFixture]
[Feature("E3")]
public sealed class OtpAuthUriParseTests
{
    private const string Secret = "secret=JBSWY3DPEHPK3PXP";

    [TestCase("", Part.Scheme, NotOtpAuth)]
    [TestCase("otpauth", Part.Scheme, NotOtpAuth)]
    [TestCase("otpauth:totp/x?" + Secret, Part.Scheme, NotOtpAuth)]
    [TestCase(" otpauth://totp/x?" + Secret, Part.Scheme, NotOtpAuth)]
    [TestCase("xotpauth://totp/x?" + Secret, Part.Scheme, NotOtpAuth)]
    [TestCase("otpauth-migration://offline?data=AA", Part.Scheme, MigrationUri)]
    [TestCase("OTPAUTH-MIGRATION://offline?data=AA", Part.Scheme, MigrationUri)]
    [TestCase("otpauth://", Part.Type, Missing)]
    [TestCase("otpauth:///x?" + Secret, Part.Type, Missing)]
    [TestCase("otpauth://steam/x?" + Secret, Part.Type, InvalidValue)]
    [TestCase("otpauth://totp:80/x?" + Secret, Part.Type, InvalidValue)]
    [TestCase("otpauth://user@totp/x?" + Secret, Part.Type, InvalidValue)]
    [TestCase("otpauth://user:pass@totp/x?" + Secret, Part.Type, InvalidValue)]
    [TestCase("otpauth://%74otp/x?" + Secret, Part.Type, InvalidValue)]
    [TestCase("otpauth://totp./x?" + Secret, Part.Type, InvalidValue)]
    [TestCase("otpauth:// totp/x?" + Secret, Part.Type, InvalidValue)]
    [TestCase("otpauth://totp?" + Secret, Part.Label, Missing)]
    [TestCase("otpauth://totp/?" + Secret, Part.Label, Missing)]
    [TestCase("otpauth://totp/%20%20?" + Secret, Part.Label, Missing)]
    [TestCase("otpauth://totp/%C2%A0?" + Secret, Part.Label, Missing)]
    [TestCase("otpauth://totp/Issuer:?" + Secret, Part.Account, Missing)]
    [TestCase("otpauth://totp/Issuer:%20?" + Secret, Part.Account, Missing)]
    [TestCase("otpauth://totp/Issuer%3A?" + Secret, Part.Account, Missing)]
    [TestCase("otpauth://totp/Issuer%3A?issuer=Issuer&" + Secret, Part.Account, Missing)]
    [TestCase("otpauth://totp/:?" + Secret, Part.Account, Missing)]
    [TestCase("otpauth://totp/x", Part.Secret, Missing)]
    [TestCase("otpauth://totp/x?", Part.Secret, Missing)]
    [TestCase("otpauth://totp/x?secret", Part.Secret, Missing)]
    [TestCase("otpauth://totp/x?secret=", Part.Secret, Missing)]
    [TestCase("otpauth://totp/x?secret=%20", Part.Secret, Missing)]
    [TestCase("otpauth://totp/x?secret====", Part.Secret, Missing)]
    [TestCase("otpauth://totp/x?secret=A", Part.Secret, InvalidValue)]
    [TestCase("otpauth://totp/x?secret=GEZDGNB1", Part.Secret, InvalidValue)]
    [TestCase("otpauth://totp/x?secret=GEZD+GNBV", Part.Secret, InvalidValue)]
    [TestCase("otpauth://totp/x?secret=GE%3D%3DGNBV", Part.Secret, InvalidValue)]
    [TestCase("otpauth://totp/x?secret=GEZDGNB%E2%84%AA", Part.Secret, InvalidValue, TestName = "{m}(Kelvin sign in the secret)")]
    [TestCase("otpauth://totp/x?secret=GEZDGNBV%00", Part.Secret, InvalidValue)]
    [TestCase("otpauth://totp/x?" + Secret + "&algorithm=MD5", Part.Algorithm, InvalidValue)]
    [TestCase("otpauth://totp/x?" + Secret + "&algorithm=", Part.Algorithm, InvalidValue)]
    [TestCase("otpauth://totp/x?" + Secret + "&algorithm=SHA", Part.Algorithm, InvalidValue)]
    [TestCase("otpauth://totp/x?" + Secret + "&algorithm=SHA224", Part.Algorithm, InvalidValue)]
    [TestCase("otpauth://totp/x?" + Secret + "&algorithm=SHA3-256", Part.Algorithm, InvalidValue)]
    [TestCase("otpauth://totp/x?" + Secret + "&algorithm=SHA--1", Part.Algorithm, InvalidValue)]
    [TestCase("otpauth://totp/x?" + Secret + "&algorithm=%C5%BFHA1", Part.Algorithm, InvalidValue, TestName = "{m}(long s in the algorithm)")]
    [TestCase("otpauth://totp/x?" + Secret + "&algorithm=SHA1%20", Part.Algorithm, InvalidValue)]
    [TestCase("otpauth://totp/x?" + Secret + "&digits=", Part.Digits, InvalidValue)]
    [TestCase("otpauth://totp/x?" + Secret + "&digits", Part.Digits, InvalidValue)]
    [TestCase("otpauth://totp/x?" + Secret + "&digits=06", Part.Digits, InvalidValue)]
    [TestCase("otpauth://totp/x?" + Secret + "&digits=+6", Part.Digits, InvalidValue)]
    [TestCase("otpauth://totp/x?" + Secret + "&digits=6.0", Part.Digits, InvalidValue)]
    [TestCase("otpauth://totp/x?" + Secret + "&digits=%206", Part.Digits, InvalidValue)]
    [TestCase("otpauth://totp/x?" + Secret + "&digits=%EF%BC%96", Part.Digits, InvalidValue, TestName = "{m}(full-width six)")]
    [TestCase("otpauth://totp/x?" + Secret + "&digits=six", Part.Digits, InvalidValue)]
    [TestCase("otpauth://totp/x?" + Secret + "&digits=-6", Part.Digits, InvalidValue)]
    [TestCase("otpauth://totp/x?" + Secret + "&digits=0", Part.Digits, OutOfRange)]
    [TestCase("otpauth://totp/x?" + Secret + "&digits=5", Part.Digits, OutOfRange)]
    [TestCase("otpauth://totp/x?" + Secret + "&digits=9", Part.Digits, OutOfRange)]
    [TestCase("otpauth://totp/x?" + Secret + "&digits=4294967302", Part.Digits, OutOfRange)]
    [TestCase("otpauth://totp/x?" + Secret + "&digits=99999999999999999999999", Part.Digits, OutOfRange)]
    [TestCase("otpauth://totp/x?" + Secret + "&period=0", Part.Period, OutOfRange)]
    [TestCase("otpauth://totp/x?" + Secret + "&period=-30", Part.Period, InvalidValue)]
    [TestCase("otpauth://totp/x?" + Secret + "&period=30.5", Part.Period, InvalidValue)]
    [TestCase("otpauth://totp/x?" + Secret + "&period=030", Part.Period, InvalidValue)]
    [TestCase("otpauth://totp/x?" + Secret + "&period=2147483648", Part.Period, OutOfRange)]
    [TestCase("otpauth://totp/x?" + Secret + "&period=18446744073709551646", Part.Period, OutOfRange)]
    [TestCase("otpauth://hotp/x?" + Secret, Part.Counter, Missing)]
    [TestCase("otpauth://hotp/x?" + Secret + "&counter=", Part.Counter, InvalidValue)]
    [TestCase("otpauth://hotp/x?" + Secret + "&counter=00", Part.Counter, InvalidValue)]
    [TestCase("otpauth://hotp/x?" + Secret + "&counter=-1", Part.Counter, InvalidValue)]
    [TestCase("otpauth://hotp/x?" + Secret + "&counter=9223372036854775808", Part.Counter, OutOfRange)]
    [TestCase("otpauth://totp/x?" + Secret + "&" + Secret, Part.Secret, Duplicate)]
    [TestCase("otpauth://totp/x?" + Secret + "&SECRET=GEZDGNBV", Part.Secret, Duplicate)]
    [TestCase("otpauth://totp/x?" + Secret + "&s%65cret=GEZDGNBV", Part.Secret, Duplicate)]
    [TestCase("otpauth://totp/x?" + Secret + "&secret", Part.Secret, Duplicate)]
    [TestCase("otpauth://totp/x?" + Secret + "&issuer=a&Issuer=a", Part.Issuer, Duplicate)]
    [TestCase("otpauth://totp/x?" + Secret + "&issuer=&issuer=a", Part.Issuer, Duplicate)]
    [TestCase("otpauth://totp/x?" + Secret + "&digits=6&digits=6", Part.Digits, Duplicate)]
    [TestCase("otpauth://totp/x?" + Secret + "&period=30&PERIOD=30", Part.Period, Duplicate)]
    [TestCase("otpauth://totp/x?" + Secret + "&counter=1&counter=1", Part.Counter, Duplicate)]
    [TestCase("otpauth://totp/x?" + Secret + "#", Part.Uri, Fragment)]
    [TestCase("otpauth://totp/x?" + Secret + "#&digits=8", Part.Uri, Fragment)]
    [TestCase("otpauth://totp/x?" + Secret + "&issuer=%", Part.Issuer, InvalidEncoding)]
    [TestCase("otpauth://totp/x?" + Secret + "&issuer=%4", Part.Issuer, InvalidEncoding)]
    [TestCase("otpauth://totp/x?" + Secret + "&issuer=%u0041", Part.Issuer, InvalidEncoding)]
    [TestCase("otpauth://totp/x?" + Secret + "&unknown=%GG", Part.Query, InvalidEncoding)]
    [TestCase("otpauth://totp/x?" + Secret + "&%FF=1", Part.Query, InvalidEncoding)]
    [TestCase("otpauth://totp/%C0%AF?" + Secret, Part.Label, InvalidEncoding, TestName = "{m}(overlong slash)")]
    [TestCase("otpauth://totp/%E0%80%AF?" + Secret, Part.Label, InvalidEncoding, TestName = "{m}(overlong slash in three bytes)")]
    [TestCase("otpauth://totp/%ED%A0%80?" + Secret, Part.Label, InvalidEncoding, TestName = "{m}(surrogate as UTF-8)")]
    [TestCase("otpauth://totp/%F4%90%80%80?" + Secret, Part.Label, InvalidEncoding, TestName = "{m}(beyond Unicode)")]
    [TestCase("otpauth://totp/%C3?" + Secret, Part.Label, InvalidEncoding, TestName = "{m}(cut off character)")]
    [TestCase("otpauth://totp/%C3x?" + Secret, Part.Label, InvalidEncoding, TestName = "{m}(lead byte before a letter)")]
    [TestCase("otpauth://totp/%A9?" + Secret, Part.Label, InvalidEncoding, TestName = "{m}(lone continuation byte)")]
    [TestCase("otpauth://totp/%FF:x?" + Secret, Part.LabelIssuer, InvalidEncoding)]
    [TestCase("otpauth://totp/a:%FF?" + Secret, Part.Account, InvalidEncoding)]
    [TestCase("otpauth://totp/a%00b?" + Secret, Part.Label, ForbiddenCharacter)]
    [TestCase("otpauth://totp/a\nb?" + Secret, Part.Label, ForbiddenCharacter)]
    [TestCase("otpauth://totp/I:a%0D%0Ab?" + Secret, Part.Account, ForbiddenCharacter)]
    [TestCase("otpauth://totp/I%C2%85:a?" + Secret, Part.LabelIssuer, ForbiddenCharacter, TestName = "{m}(next line)")]
    [TestCase("otpauth://totp/a%E2%80%A8b?" + Secret, Part.Label, ForbiddenCharacter, TestName = "{m}(line separator)")]
    [TestCase("otpauth://totp/a%E2%80%AEb?" + Secret, Part.Label, ForbiddenCharacter, TestName = "{m}(right-to-left override)")]
    [TestCase("otpauth://totp/a%E2%81%A6b?" + Secret, Part.Label, ForbiddenCharacter, TestName = "{m}(left-to-right isolate)")]
    [TestCase("otpauth://totp/a%E2%80%8Eb?" + Secret, Part.Label, ForbiddenCharacter, TestName = "{m}(left-to-right mark)")]
    [TestCase("otpauth://totp/a%E2%80%8Bb?" + Secret, Part.Label, ForbiddenCharacter, TestName = "{m}(zero-width space)")]
    [TestCase("otpauth://totp/x?issuer=%7F&" + Secret, Part.Issuer, ForbiddenCharacter)]
    public void What_is_wrong_is_named(string text, Part part, OtpAuthUriErrorCode code)
    {
        Assert.That(OtpAuthUri.TryParse(text, out var uri, out var error), Is.False);
        Assert.That(uri, Is.Null);
        Assert.That(error, Is.EqualTo(new OtpAuthUriError(part, code)));
    }

    /// <summary>Not a test case: attributes store strings as UTF-8, which cannot hold it.</summary>
    [Test]
    public void An_unpaired_surrogate_is_named() =>
        What_is_wrong_is_named("otpauth://totp/a\uD83Db?" + Secret, Part.Label, InvalidEncoding);

    [TestCase("otpauth://totp/x", "x", null, null)]
    [TestCase("OTPAUTH://TOTP/x", "x", null, null)]
    [TestCase("otpauth://totp/:x", "x", null, null, TestName = "{m}(empty prefix)")]
    [TestCase("otpauth://totp/a%3Ab%3Ac", "b:c", "a", "a")]
    [TestCase("otpauth://totp/a%3Ab:c", "c", "a:b", "a:b")]
    [TestCase("otpauth://totp/a:b%3Ac", "b:c", "a", "a")]
    [TestCase("otpauth://totp/a:%20%20b%20c%20", "b c ", "a", "a")]
    [TestCase("otpauth://totp/a%3A%20b", "b", "a", "a")]
    [TestCase("otpauth://totp/a+b", "a+b", null, null)]
    [TestCase("otpauth://totp/a b:c d", "c d", "a b", "a b")]
    [TestCase("otpauth://totp/a/b", "a/b", null, null)]
    [TestCase("otpauth://totp/%C3%A9:%F0%9F%98%80", "😀", "é", "é")]
    [TestCase("otpauth://totp/é:😀", "😀", "é", "é")]
    [TestCase("otpauth://totp/%2525", "%25", null, null, TestName = "{m}(decoded once)")]
    public void Labels_are_split_by_the_rule(string start, string account, string? issuer, string? labelIssuer) =>
        AssertParsed(start + "?" + Secret, account, issuer, labelIssuer);

    [TestCase("A%3AB%3Ac", "A%3AB", "c", "A:B", "A:B", TestName = "{m}(the issuer with its colon is a prefix)")]
    [TestCase("A%3AB%3Ac", "X", "B:c", "X", "A", TestName = "{m}(another issuer is no prefix)")]
    [TestCase("A%3AB%3Ac", "a%3AB", "B:c", "a:B", "A", TestName = "{m}(prefix in another case)")]
    [TestCase("Acme", "Acme", "Acme", "Acme", null, TestName = "{m}(label equal to the issuer)")]
    [TestCase("A:b", "What%3F", "b", "What?", "A", TestName = "{m}(escaped question mark)")]
    [TestCase("A:b", "What?", "b", "What?", "A", TestName = "{m}(literal question mark in the query)")]
    [TestCase("A:b", "a=b", "b", "a=b", "A", TestName = "{m}(equals sign in a value)")]
    [TestCase("A:b", "Big+Corp", "b", "Big+Corp", "A", TestName = "{m}(plus means plus)")]
    [TestCase("A:b", "%20", "b", "A", "A", TestName = "{m}(blank issuer parameter)")]
    [TestCase("x", "", "x", null, null, TestName = "{m}(no issuer anywhere)")]
    public void The_issuer_parameter_takes_part(string label, string issuer, string account, string? effective, string? labelIssuer) =>
        AssertParsed($"otpauth://totp/{label}?issuer={issuer}&{Secret}", account, effective, labelIssuer);

    [TestCase("A:b?issuer=A", false)]
    [TestCase("A:b?x=y", false)]
    [TestCase("b?issuer=A", false)]
    [TestCase("A:b?issuer=a", true)]
    [TestCase("A:b?issuer=B", true)]
    public void A_mismatch_of_issuers_is_flagged(string rest, bool mismatch)
    {
        using var uri = Parse($"otpauth://totp/{rest}&{Secret}");
        Assert.That(uri.HasIssuerMismatch, Is.EqualTo(mismatch));
    }

    [TestCase("GEZDGNBVGY3TQOJQGEZDGNBV", 15, true)]
    [TestCase("GEZDGNBVGY3TQOJQGEZDGNBVGY", 16, false)]
    public void A_secret_below_128_bits_is_flagged(string secret, int length, bool weak)
    {
        using var uri = Parse($"otpauth://totp/x?secret={secret}");
        Assert.That((uri.Secret.Length, uri.HasWeakSecret), Is.EqualTo((length, weak)));
    }

    [TestCase("&&&" + Secret + "&&", TestName = "{m}(empty segments)")]
    [TestCase(Secret + "&=", TestName = "{m}(nameless parameter)")]
    [TestCase(Secret + "&image=https%3A%2F%2Fexample.com%2Fa.png&image=2&color", TestName = "{m}(unknown parameters)")]
    [TestCase("SeCrEt=jbswy3dpehpk3pxp", TestName = "{m}(any case)")]
    [TestCase("secret=JBSW%20Y3DP-EHPK%C2%A03PXP", TestName = "{m}(separators in the secret)")]
    [TestCase("secret=%4ABSWY3DPEHPK3PXP", TestName = "{m}(escaped letter)")]
    [TestCase(Secret + "&counter=nonsense", TestName = "{m}(a counter means nothing to TOTP)")]
    [TestCase(Secret + "&d%C4%B1gits=9", TestName = "{m}(Turkish i is another name)")]
    [TestCase("%C5%BFecret=GEZDGNBV&" + Secret, TestName = "{m}(long s is another name)")]
    public void Queries_are_read_with_tolerance_where_nothing_is_ambiguous(string query)
    {
        using var uri = Parse("otpauth://totp/x?" + query);
        Assert.That(uri.Secret.ToBase32(), Is.EqualTo("JBSWY3DPEHPK3PXP"));
        Assert.That((uri.Algorithm, uri.Digits, uri.Period), Is.EqualTo((OtpAlgorithm.Sha1, 6, 30)));
    }

    [TestCase("SHA1", OtpAlgorithm.Sha1)]
    [TestCase("sha-1", OtpAlgorithm.Sha1)]
    [TestCase("HMACSHA1", OtpAlgorithm.Sha1)]
    [TestCase("SHA256", OtpAlgorithm.Sha256)]
    [TestCase("Sha-256", OtpAlgorithm.Sha256)]
    [TestCase("HmacSHA256", OtpAlgorithm.Sha256)]
    [TestCase("SHA512", OtpAlgorithm.Sha512)]
    [TestCase("SHA%2D512", OtpAlgorithm.Sha512)]
    public void Algorithms_are_read_in_the_spellings_that_issuers_use(string name, OtpAlgorithm expected)
    {
        using var uri = Parse($"otpauth://totp/x?{Secret}&algorithm={name}");
        Assert.That(uri.Algorithm, Is.EqualTo(expected));
    }

    [TestCase("0", 0L)]
    [TestCase("2147483648", 2_147_483_648L)]
    [TestCase("9223372036854775807", long.MaxValue)]
    public void A_counter_has_64_bits(string text, long counter)
    {
        using var uri = Parse($"otpauth://hotp/x?{Secret}&counter={text}&period=nonsense");
        Assert.That((uri.Type, uri.Counter, uri.Period), Is.EqualTo((OtpAuthType.Hotp, counter, (int?)null)));
        Assert.That(uri.ToTotpParameters, Throws.InvalidOperationException);
    }

    [TestCase("1", 1)]
    [TestCase("2147483647", int.MaxValue)]
    public void A_period_reaches_from_1_second_to_int32(string text, int period)
    {
        using var uri = Parse($"otpauth://totp/x?{Secret}&period={text}&digits=7");
        Assert.That(uri.ToTotpParameters(), Is.EqualTo(new TotpParameters { PeriodSeconds = period, Digits = 7 }));
    }

    [Test]
    public void A_missing_counter_is_0_on_request()
    {
        const string text = "otpauth://hotp/x?" + Secret;
        Assert.That(OtpAuthUri.TryParse(text, OtpAuthUriParseOptions.AllowMissingCounter, out var uri, out _), Is.True);
        using (uri) Assert.That(uri!.Counter, Is.Zero);
        Assert.That(OtpAuthUri.TryParse(text + "&counter=x", OtpAuthUriParseOptions.AllowMissingCounter, out _, out var error), Is.False);
        Assert.That(error, Is.EqualTo(new OtpAuthUriError(Part.Counter, InvalidValue)));
    }

    [Test]
    public void A_uri_has_at_most_2048_characters()
    {
        var start = "otpauth://totp/x?" + Secret + "&padding=";
        using (Parse(start.PadRight(2_048, 'x')))
        {
        }

        Assert.That(OtpAuthUri.TryParse(start.PadRight(2_049, 'x'), out _, out var error), Is.False);
        Assert.That(error, Is.EqualTo(new OtpAuthUriError(Part.Uri, TooLong)));
        Assert.That(OtpAuthUri.TryParse(new string('%', 10_000_000), out _, out error), Is.False);
    }

    [Test]
    [Attack(35)]
    public void The_secret_is_not_printed_and_dies_with_the_uri()
    {
        var uri = Parse($"otpauth://totp/Issuer:account?{Secret}");
        var bytes = uri.Secret.Bytes;
        Assert.That(JsonSerializer.Serialize(uri), Does.Contain("account").And.Not.Contain("JBSW"));
        Assert.That(uri.ToString(), Does.Contain("Issuer").And.Contain("account").And.Contain("redacted").And.Not.Contain("JBSW"));
        uri.Dispose();
        Assert.That(bytes.ToArray(), Is.All.Zero);
    }

    private static void AssertParsed(string text, string account, string? issuer, string? labelIssuer)
    {
        using var uri = Parse(text);
        Assert.That((uri.Account, uri.Issuer, uri.LabelIssuer), Is.EqualTo((account, issuer, labelIssuer)));
    }

    private static OtpAuthUri Parse(string text)
    {
        Assert.That(OtpAuthUri.TryParse(text, out var uri, out var error), Is.True, () => error.ToString());
        return uri!;
    }
}
