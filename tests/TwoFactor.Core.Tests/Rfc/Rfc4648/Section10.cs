using System.Text;
using NUnit.Framework;
using TwoFactor.Otp;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Rfc.Rfc4648;

/// <summary>RFC 4648, section 10, the BASE32 vectors. The encoder leaves the padding off, the decoder takes it or leaves it.</summary>
[TestFixture]
[Feature("E5")]
public sealed class Section10
{
    [TestCase("", "")]
    [TestCase("f", "MY======")]
    [TestCase("fo", "MZXQ====")]
    [TestCase("foo", "MZXW6===")]
    [TestCase("foob", "MZXW6YQ=")]
    [TestCase("fooba", "MZXW6YTB")]
    [TestCase("foobar", "MZXW6YTBOI======")]
    public void Every_vector_encodes_and_decodes(string text, string base32)
    {
        var bytes = Encoding.ASCII.GetBytes(text);

        Assert.That(Base32.Encode(bytes), Is.EqualTo(base32.TrimEnd('=')));
        Assert.That(Decode(base32), Is.EqualTo(bytes), "with padding");
        Assert.That(Decode(base32.TrimEnd('=')), Is.EqualTo(bytes), "without padding");
        Assert.That(Decode(base32.ToLowerInvariant()), Is.EqualTo(bytes), "in lower case");
    }

    private static byte[] Decode(string text)
    {
        var destination = new byte[Base32.GetMaxDecodedLength(text.Length)];
        Assert.That(Base32.TryDecode(text, destination, out var written, out var error), Is.True, () => error.ToString());
        return destination[..written];
    }
}
