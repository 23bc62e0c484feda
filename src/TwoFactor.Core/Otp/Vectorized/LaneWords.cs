using System.Runtime.CompilerServices;

namespace TwoFactor.Otp.Vectorized;

/// <summary>The 16 words of a block of SHA-1 or SHA-256 for several messages: each word is a vector with one lane a message.</summary>
[InlineArray(KeyBlock.Words)]
internal struct LaneBlock<TLanes>
{
    private TLanes _word;
}

/// <summary>The words of a hash value for several messages, laid out likewise: 8 for SHA-256, of which SHA-1 uses 5.</summary>
[InlineArray(MaxWords)]
internal struct LaneState<TLanes>
{
    public const int MaxWords = 8;

    private TLanes _word;
}
