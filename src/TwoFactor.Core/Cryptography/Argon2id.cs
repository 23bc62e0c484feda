using TwoFactor.Cryptography.Argon2;

namespace TwoFactor.Cryptography;

/// <summary>Argon2id, version 0x13, as RFC 9106 defines it.</summary>
/// <remarks>
/// Synchronous and bound to the processor: 19 MiB and two passes take some 10 to 40 ms. The working memory is native, outside the
/// garbage collector's heap, and is zeroed before it is given back. Each hash adds one to the counter
/// <c>twofactor.argon2.hashes</c> of the meter <c>TwoFactor</c>.
/// </remarks>
public static class Argon2id
{
    /// <summary>Computes the tag of <paramref name="password"/>.</summary>
    /// <param name="password">Message <c>P</c>, of any length.</param>
    /// <param name="salt">Nonce <c>S</c>, of exactly <see cref="Argon2Parameters.SaltLength"/> bytes.</param>
    /// <param name="parameters">Cost and lengths.</param>
    /// <param name="tag">Receives the tag; of exactly <see cref="Argon2Parameters.TagLength"/> bytes. Zeroed when cancelled.</param>
    /// <param name="secret">Secret value <c>K</c> (a pepper); may be empty.</param>
    /// <param name="associatedData">Associated data <c>X</c>; may be empty.</param>
    /// <param name="ct">Honoured between slices, of which every pass has four.</param>
    /// <exception cref="ArgumentException">A length does not agree with <paramref name="parameters"/>.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled; no tag was produced.</exception>
    public static void Hash(
        ReadOnlySpan<byte> password,
        ReadOnlySpan<byte> salt,
        Argon2Parameters parameters,
        Span<byte> tag,
        ReadOnlySpan<byte> secret = default,
        ReadOnlySpan<byte> associatedData = default,
        CancellationToken ct = default)
    {
        var inputs = Argon2Inputs.Create(password, salt, parameters, tag, secret, associatedData);
        tag.Clear();
        ct.ThrowIfCancellationRequested();
        using var arena = Argon2Arena.Allocate(parameters.MemoryKiB);
        Argon2Computation.Run(inputs, arena, Argon2Kernels.Best, tag, ct);
    }

    /// <summary>The same in memory that the caller lends and wipes.</summary>
    internal static void Hash(
        Argon2Arena arena,
        ReadOnlySpan<byte> password,
        ReadOnlySpan<byte> salt,
        Argon2Parameters parameters,
        Span<byte> tag,
        ReadOnlySpan<byte> secret,
        CancellationToken ct) =>
        Argon2Computation.Run(
            Argon2Inputs.Create(password, salt, parameters, tag, secret, default), arena, Argon2Kernels.Best, tag, ct);
}
