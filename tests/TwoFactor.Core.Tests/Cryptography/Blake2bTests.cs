using System.Text;
using NUnit.Framework;
using TwoFactor.Cryptography.Argon2;

namespace TwoFactor.Tests.Cryptography;

public class Blake2bTests
{
    // RFC 7693 appendix A.
    [Test]
    public void The_vector_of_RFC_7693_comes_out()
    {
        var digest = new byte[64];
        Blake2b.Hash("abc"u8, digest);

        Assert.That(
            Convert.ToHexStringLower(digest),
            Is.EqualTo(
                "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923"));
    }

    [Test]
    public void Cutting_the_input_in_two_changes_nothing()
    {
        var data = Encoding.ASCII.GetBytes(new string('x', 300));
        var whole = new byte[32];
        Blake2b.Hash(data, whole);
        for (var cut = 0; cut <= data.Length; cut++)
        {
            var parts = new Blake2b(32);
            parts.Append(data.AsSpan(0, cut));
            parts.Append(data.AsSpan(cut));
            var digest = new byte[32];
            parts.Finish(digest);
            Assert.That(digest, Is.EqualTo(whole), $"cut at {cut}");
        }
    }
}
