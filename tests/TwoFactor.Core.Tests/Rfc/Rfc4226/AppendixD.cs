using System.Text;
using NUnit.Framework;
using TwoFactor.Otp;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Rfc.Rfc4226;

/// <summary>RFC 4226, appendix D: the secret is the ASCII text "12345678901234567890".</summary>
[TestFixture]
[Feature("E1")]
public sealed class AppendixD
{
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("12345678901234567890");

    private static readonly string[] Codes =
        ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"];

    [Test]
    public void Every_counter_has_its_code([Range(0, 9)] int counter)
    {
        Assert.That(Hotp.Generate(Key, counter), Is.EqualTo(Codes[counter]));
        Assert.That(Hotp.Verify(Key, Codes[counter], counter).IsValid, Is.True);
    }
}
