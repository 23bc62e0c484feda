using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace TwoFactor.Otp.Vectorized;

/// <summary>
/// What HMAC keeps of a key: the states after the blocks K XOR ipad and K XOR opad (RFC 2104, section 4), as secret as the key. Made in one
/// compression: lane 0 is the inner one, lane 1 the outer one; the other lanes are hashed and not used.
/// </summary>
internal struct PadStates
{
    private LaneState<Vector128<uint>> _states;

    /// <summary>Takes a key of any length.</summary>
    [SkipLocalsInit]
    public void SetKey<THash>(OtpAlgorithm algorithm, ReadOnlySpan<byte> key) where THash : ILaneHash<Vector128<uint>>
    {
        Unsafe.SkipInit(out LaneBlock<Vector128<uint>> block);
        var keyBlock = new KeyBlock(algorithm, key);
        var pads = Vector128.Create(0x36363636u, 0x5c5c5c5cu, 0, 0);
        for (var i = 0; i < KeyBlock.Words; i++) block[i] = Vector128.Create(keyBlock.Word(i)) ^ pads;
        for (var i = 0; i < THash.InitialState.Length; i++) _states[i] = Vector128.Create(THash.InitialState[i]);
        THash.Compress(ref _states, ref block);
        keyBlock.Wipe();
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes((Span<Vector128<uint>>)block));
    }

    public readonly uint Inner(int word) => _states[word].GetElement(0);

    public readonly uint Outer(int word) => _states[word].GetElement(1);

    public void Wipe() => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes((Span<Vector128<uint>>)_states));
}
