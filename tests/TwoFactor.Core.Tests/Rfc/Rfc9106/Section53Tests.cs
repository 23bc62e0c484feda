using NUnit.Framework;
using TwoFactor.Cryptography;
using TwoFactor.Testing;
using TwoFactor.Tests.Cryptography;
using TwoFactor.Tests.Otp.Vectorized;

namespace TwoFactor.Tests.Rfc.Rfc9106;

/// <summary>RFC 9106 section 5.3: the test vector of Argon2id.</summary>
[Feature("E6")]
[Category(NoIntrinsicsTests.Category)]
public class Section53Tests
{
    private const string Tag = "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659";

    [Test]
    public void The_vector_of_section_5_3_comes_out()
    {
        var parameters = new Argon2Parameters { MemoryKiB = 32, Iterations = 3, Parallelism = 4, TagLength = 32, SaltLength = 16 };
        var tag = new byte[32];

        Argon2id.Hash(Repeat(0x01, 32), Repeat(0x02, 16), parameters, tag, Repeat(0x03, 8), Repeat(0x04, 12));

        Assert.That(Convert.ToHexStringLower(tag), Is.EqualTo(Tag));
    }

    [Test]
    public void Every_kernel_of_this_processor_gives_it()
    {
        var parameters = new Argon2Parameters { MemoryKiB = 32, Iterations = 3, Parallelism = 4 };
        foreach (var kernel in KernelRunner.Supported)
        {
            var tag = KernelRunner.Hash(kernel, Repeat(0x01, 32), Repeat(0x02, 16), parameters, Repeat(0x03, 8), Repeat(0x04, 12));
            Assert.That(Convert.ToHexStringLower(tag), Is.EqualTo(Tag), kernel.ToString);
        }
    }

    private static byte[] Repeat(byte value, int count) => [.. Enumerable.Repeat(value, count)];
}
