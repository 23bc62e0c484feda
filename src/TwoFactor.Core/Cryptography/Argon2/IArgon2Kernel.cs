namespace TwoFactor.Cryptography.Argon2;

/// <summary>
/// The compression function <c>G</c> (RFC 9106 section 3.5) for one kind of hardware. Implementations are structs without state, so
/// that the filler is compiled once for each with the kernel inside.
/// </summary>
internal unsafe interface IArgon2Kernel
{
    /// <summary>Whether this processor has what the kernel needs.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>
    /// Where the standard's 64-bit word <paramref name="word"/> (0-127) of a block stands in memory. Blocks are only ever combined with
    /// blocks of the same kernel, so a kernel may order them as suits its registers. Word 0 stands at place 0 in every kernel.
    /// </summary>
    static abstract int PlaceOf(int word);

    /// <summary>
    /// <c>next = G(previous, reference)</c>, with the old <paramref name="next"/> XORed in when <paramref name="accumulate"/> (every pass
    /// but the first). Blocks are 128 words; <paramref name="next"/> may not be one of the others.
    /// </summary>
    /// <param name="previous">The block before.</param>
    /// <param name="reference">The block that the reference index names.</param>
    /// <param name="next">The block to write.</param>
    /// <param name="scratch">A block of working memory, 64-byte aligned; the caller wipes it.</param>
    /// <param name="accumulate">Whether the old content counts.</param>
    /// <param name="upcoming">
    /// Who is told word 0 of the result as soon as it is known, so that the block it refers to is on its way while the rest is computed.
    /// </param>
    static abstract void Compress(
        ulong* previous, ulong* reference, ulong* next, ulong* scratch, bool accumulate, in UpcomingReference upcoming);
}
