using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using NUnit.Framework;
using TwoFactor.Otp.Vectorized;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Otp.Vectorized;

/// <summary>What truncation takes out of two words, lane by lane: by shifts of each lane where the processor has them, and without.</summary>
[TestFixture]
[Feature("E1")]
[Category(NoIntrinsicsTests.Category)]
public sealed class LaneOperationsTests
{
    [Test]
    public void Each_lane_gives_the_four_bytes_from_its_own_offset_on([Values(128, 256, 512)] int width, [Values(0, 1, 2, 3)] int turn)
    {
        // No byte twice, so that no offset looks like another.
        var bytes = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        RandomNumberGenerator.Shuffle<byte>(bytes);
        var words = MemoryMarshal.Cast<byte, uint>(bytes).ToArray();
        uint[] word0 = words[..16], word1 = words[16..32], offset = [.. Enumerable.Range(0, 16).Select(lane => (uint)(lane + turn) % 4)];
        var taken = new uint[width / 32];
        switch (width)
        {
            case 128: LaneOperations.BytesFrom(Vector128.Create(offset), Vector128.Create(word0), Vector128.Create(word1)).CopyTo(taken); break;
            case 256: LaneOperations.BytesFrom(Vector256.Create(offset), Vector256.Create(word0), Vector256.Create(word1)).CopyTo(taken); break;
            default: LaneOperations.BytesFrom(Vector512.Create(offset), Vector512.Create(word0), Vector512.Create(word1)).CopyTo(taken); break;
        }

        Assert.That(taken, Is.EqualTo(taken.Select((_, lane) => Expected(offset[lane], word0[lane], word1[lane]))));
    }

    private static uint Expected(uint offset, uint word0, uint word1) => (uint)((((ulong)word0 << 32) | word1) >> (int)(32 - 8 * offset));
}
