namespace TwoFactor.Cryptography.Argon2;

/// <summary>
/// The values <c>J1 || J2</c> of a data-independent segment (RFC 9106 section 3.4.1.2), 128 at a time. They depend on the
/// parameters only, so nothing here is secret.
/// </summary>
internal unsafe ref struct AddressGenerator<TKernel> where TKernel : struct, IArgon2Kernel
{
    private const ulong TypeArgon2id = 2;
    private const int CounterWord = 6;

    private readonly ulong* _zero;
    private readonly ulong* _input;
    private readonly ulong* _inner;
    private readonly ulong* _addresses;
    private readonly ulong* _work;

    /// <param name="memory">Four blocks, zeroed.</param>
    /// <param name="scratch">One more.</param>
    /// <param name="layout">The matrix.</param>
    /// <param name="pass"><c>r</c>.</param>
    /// <param name="lane"><c>l</c>.</param>
    /// <param name="slice"><c>sl</c>.</param>
    public AddressGenerator(ulong* memory, ulong* scratch, in MemoryLayout layout, uint pass, uint lane, uint slice)
    {
        _zero = memory;
        _input = memory + MemoryLayout.BlockWords;
        _inner = memory + (2 * MemoryLayout.BlockWords);
        _addresses = memory + (3 * MemoryLayout.BlockWords);
        _work = scratch;

        // Z = LE64(r) || LE64(l) || LE64(sl) || LE64(m') || LE64(t) || LE64(y), then the counter.
        _input[TKernel.PlaceOf(0)] = pass;
        _input[TKernel.PlaceOf(1)] = lane;
        _input[TKernel.PlaceOf(2)] = slice;
        _input[TKernel.PlaceOf(3)] = layout.BlockCount;
        _input[TKernel.PlaceOf(4)] = layout.Passes;
        _input[TKernel.PlaceOf(5)] = TypeArgon2id;
    }

    /// <summary>The next 128 values: <c>G(ZERO, G(ZERO, Z || LE64(counter)))</c>.</summary>
    public void Advance()
    {
        _input[TKernel.PlaceOf(CounterWord)]++;
        TKernel.Compress(_zero, _input, _inner, _work, accumulate: false, UpcomingReference.None);
        TKernel.Compress(_zero, _inner, _addresses, _work, accumulate: false, UpcomingReference.None);
    }

    public readonly ulong this[uint index] => _addresses[TKernel.PlaceOf((int)(index % MemoryLayout.BlockWords))];
}
