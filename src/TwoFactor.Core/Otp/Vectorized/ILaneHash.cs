namespace TwoFactor.Otp.Vectorized;

/// <summary>A hash function over several messages at once, or over one.</summary>
/// <typeparam name="TLanes">A vector with one lane a message; for one message a word.</typeparam>
internal interface ILaneHash<TLanes>
{
    /// <summary>The initial hash value, as many words as a digest has.</summary>
    static abstract ReadOnlySpan<uint> InitialState { get; }

    /// <summary>Takes one block into the state. The block may be used up: it is wiped with the state, by the caller.</summary>
    static abstract void Compress(ref LaneState<TLanes> state, ref LaneBlock<TLanes> block);
}
