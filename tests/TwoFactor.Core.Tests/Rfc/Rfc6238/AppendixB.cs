using System.Text;
using NUnit.Framework;
using TwoFactor.Otp;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Rfc.Rfc6238;

/// <summary>
/// RFC 6238, appendix B: 8 digits, 30 seconds. The table names one secret, but its codes come from the keys of the reference program in
/// appendix A, which are as long as each hash (erratum 2866): "1234567890" repeated to 20, 32 and 64 bytes.
/// </summary>
[TestFixture]
[Feature("E1")]
public sealed class AppendixB
{
    [TestCase(59, OtpAlgorithm.Sha1, "94287082")]
    [TestCase(59, OtpAlgorithm.Sha256, "46119246")]
    [TestCase(59, OtpAlgorithm.Sha512, "90693936")]
    [TestCase(1111111109, OtpAlgorithm.Sha1, "07081804")]
    [TestCase(1111111109, OtpAlgorithm.Sha256, "68084774")]
    [TestCase(1111111109, OtpAlgorithm.Sha512, "25091201")]
    [TestCase(1111111111, OtpAlgorithm.Sha1, "14050471")]
    [TestCase(1111111111, OtpAlgorithm.Sha256, "67062674")]
    [TestCase(1111111111, OtpAlgorithm.Sha512, "99943326")]
    [TestCase(1234567890, OtpAlgorithm.Sha1, "89005924")]
    [TestCase(1234567890, OtpAlgorithm.Sha256, "91819424")]
    [TestCase(1234567890, OtpAlgorithm.Sha512, "93441116")]
    [TestCase(2000000000, OtpAlgorithm.Sha1, "69279037")]
    [TestCase(2000000000, OtpAlgorithm.Sha256, "90698825")]
    [TestCase(2000000000, OtpAlgorithm.Sha512, "38618901")]
    [TestCase(20000000000, OtpAlgorithm.Sha1, "65353130")]
    [TestCase(20000000000, OtpAlgorithm.Sha256, "77737706")]
    [TestCase(20000000000, OtpAlgorithm.Sha512, "47863826")]
    public void Every_row_of_the_table_holds(long unixSeconds, OtpAlgorithm algorithm, string code)
    {
        var key = KeyFor(algorithm);
        var parameters = new TotpParameters { Algorithm = algorithm, Digits = 8 };
        var now = DateTimeOffset.FromUnixTimeSeconds(unixSeconds);

        Assert.That(Totp.Generate(key, Totp.StepAt(now, parameters), parameters), Is.EqualTo(code));
        Assert.That(Totp.Verify(key, code, now, parameters, default).IsValid, Is.True);
    }

    private static byte[] KeyFor(OtpAlgorithm algorithm)
    {
        var length = algorithm switch { OtpAlgorithm.Sha1 => 20, OtpAlgorithm.Sha256 => 32, _ => 64 };
        return Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("1234567890", 7))[..length]);
    }
}
