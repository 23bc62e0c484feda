using System.Runtime.InteropServices;
using NUnit.Framework;
using TwoFactor.Cryptography;
using TwoFactor.Cryptography.Argon2;
using TwoFactor.Testing;
using TwoFactor.Tests.Otp.Vectorized;

namespace TwoFactor.Tests.Cryptography;

/// <summary>Each kernel, forced: that they agree, and that they touch their blocks and nothing else.</summary>
[Feature("E6")]
[Category(NoIntrinsicsTests.Category)]
public unsafe class KernelTests
{
    private static readonly Argon2Parameters s_parameters = new() { MemoryKiB = 64, Iterations = 3 };

    [Test]
    public void The_kernel_in_use_is_the_widest_that_the_processor_runs_at_full_speed()
    {
        TestContext.Out.WriteLine($"in use: {Argon2Kernels.Best}; supported: {string.Join(", ", KernelRunner.Supported)}");
        Assert.That(KernelRunner.Supported, Does.Contain(Argon2Kernels.Best).And.Contain(Argon2Kernel.Scalar));
    }

    [Test]
    public void Kernels_agree_on_random_blocks_with_and_without_accumulation()
    {
        var random = new TestRandom(35);
        for (var i = 0; i < 50; i++)
        {
            var (previous, reference, old) = (random.Bytes(1024), random.Bytes(1024), random.Bytes(1024));
            foreach (var accumulate in new[] { false, true })
            {
                var expected = Compress<ScalarKernel>(previous, reference, old, accumulate);
                if (Vector256Kernel.IsSupported)
                {
                    Assert.That(Compress<Vector256Kernel>(previous, reference, old, accumulate), Is.EqualTo(expected), $"256, case {i}");
                }

                if (Vector512Kernel.IsSupported)
                {
                    Assert.That(Compress<Vector512Kernel>(previous, reference, old, accumulate), Is.EqualTo(expected), $"512, case {i}");
                }
            }
        }
    }

    [Test]
    public void The_interleaved_order_has_a_place_for_every_word_and_word_0_first()
    {
        var places = Enumerable.Range(0, 128).Select(InterleavedRows.PlaceOf).ToArray();

        Assert.That(places.Order(), Is.EqualTo(Enumerable.Range(0, 128)));
        Assert.That(places[0], Is.Zero);
    }

    [Test]
    public void What_stands_in_memory_before_does_not_matter()
    {
        foreach (var kernel in KernelRunner.Supported)
        {
            var tags = new HashSet<string>();
            foreach (var fill in new byte[] { 0x00, 0xFF, 0xA5 })
            {
                using var arena = Argon2Arena.Allocate(s_parameters.MemoryKiB);
                NativeMemory.Fill(arena.Memory(s_parameters.MemoryKiB), 64 * 1024, fill);
                tags.Add(Convert.ToHexString(Run(arena.Memory(s_parameters.MemoryKiB), s_parameters, kernel)));
            }

            Assert.That(tags, Has.Count.EqualTo(1), kernel.ToString);
        }
    }

    // A read or write one byte outside ends the process.
    [TestCase(64, 1)]
    [TestCase(67, 1)]
    [TestCase(64, 2)]
    [TestCase(512, 1)]
    [TestCase(4096, 2)]
    [Platform("Linux")]
    public void Nothing_outside_the_memory_is_touched(int memoryKiB, int lanes)
    {
        var parameters = s_parameters with { MemoryKiB = memoryKiB, Parallelism = lanes };
        using var pages = new GuardedPages(memoryKiB / (4 * lanes) * (4 * lanes) * 1024);
        foreach (var kernel in KernelRunner.Supported)
        {
            var tag = Run((ulong*)pages.Start, parameters, kernel);
            Assert.That(tag, Is.EqualTo(KernelRunner.Hash(kernel, "password"u8, new byte[16], parameters)), kernel.ToString);
        }
    }

    private static byte[] Run(ulong* memory, Argon2Parameters parameters, Argon2Kernel kernel)
    {
        var tag = new byte[32];
        var inputs = Argon2Inputs.Create("password"u8, new byte[16], parameters, tag, default, default);
        Argon2Computation.Run(inputs, memory, kernel, tag, default);
        return tag;
    }

    private static ulong[] Compress<TKernel>(byte[] previous, byte[] reference, byte[] old, bool accumulate)
        where TKernel : struct, IArgon2Kernel
    {
        var memory = (ulong*)NativeMemory.AlignedAlloc(4 * 1024, 64);
        try
        {
            var blocks = new[] { previous, reference, old };
            for (var block = 0; block < 3; block++)
            {
                var words = MemoryMarshal.Cast<byte, ulong>(blocks[block]);
                for (var word = 0; word < 128; word++) memory[(block * 128) + TKernel.PlaceOf(word)] = words[word];
            }

            TKernel.Compress(memory, memory + 128, memory + 256, memory + 384, accumulate, UpcomingReference.None);
            var result = new ulong[128];
            for (var word = 0; word < 128; word++) result[word] = memory[256 + TKernel.PlaceOf(word)];
            return result;
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
    }
}
