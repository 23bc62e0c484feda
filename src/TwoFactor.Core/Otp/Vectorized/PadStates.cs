using System.Runtime.Intrinsics;

namespace TwoFactor.Otp.Vectorized;

/// <summary>
/// What HMAC keeps of a key: the states after the blocks K XOR ipad and K XOR opad (RFC 2104, section 4), as secret as the key. Made in one
/// compression: lane 0 is the inner one, lane 1 the outer one; the other lanes are hashed and not used.
/// </summary>
internal struct PadStates
{
    private LaneState<Vector128<uint>> _states;

    /// <param name="key">The key as a block.</param>
    /// <param name="block">Room to work in, to be wiped by the caller.</param>
    public void SetKey<THash>(in KeyBlock key, ref LaneBlock<Vector128<uint>> block) where THash : ILaneHash<Vector128<uint>>
    {
        var pads = Vector128.Create(0x36363636u, 0x5c5c5c5cu, 0, 0);
        for (var i = 0; i < KeyBlock.Words; i++) block[i] = Vector128.Create(key.Word(i)) ^ pads;
        for (var i = 0; i < THash.InitialState.Length; i++) _states[i] = Vector128.Create(THash.InitialState[i]);
        THash.Compress(ref _states, ref block);
    }

    public readonly uint Inner(int word) => _states[word].GetElement(0);

    public readonly uint Outer(int word) => _states[word].GetElement(1);
}
