using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace TwoFactor.Cryptography.Argon2;

/// <summary>Brings the block that the next step refers to into the cache, from the word that names it.</summary>
internal readonly unsafe struct UpcomingReference
{
    private const int CacheLineWords = 8;

    private readonly ReferenceWindow* _window;
    private readonly uint _index;

    /// <summary>Nothing to bring: the next reference does not depend on the block being computed, or there is none.</summary>
    public static UpcomingReference None => default;

    /// <param name="window">The segment's window; outlives the compression.</param>
    /// <param name="index">The index within the segment of the block that will refer.</param>
    public UpcomingReference(ReferenceWindow* window, uint index)
    {
        _window = window;
        _index = index;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Announce(ulong firstWord)
    {
        if (_window is not null && Sse.IsSupported) Prefetch(_window->Locate(firstWord, _index));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(ulong* block)
    {
        if (!Sse.IsSupported) return;
        for (var word = 0; word < MemoryLayout.BlockWords; word += CacheLineWords) Sse.Prefetch0(block + word);
    }
}
