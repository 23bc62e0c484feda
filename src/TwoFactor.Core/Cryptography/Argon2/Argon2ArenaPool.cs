namespace TwoFactor.Cryptography.Argon2;

/// <summary>
/// Arenas kept between hashes, at most as many as hashes may be under way, each wiped when it comes back. A collection of the oldest
/// generation gives back those that went unused since the one before, and all of them when the machine is short of memory.
/// </summary>
internal sealed class Argon2ArenaPool : IDisposable
{
    private readonly int _memoryKiB;
    private readonly Argon2Arena?[] _idle;
    private volatile bool _used;
    private volatile bool _disposed;

    /// <param name="memoryKiB">The size of the arenas that are kept.</param>
    /// <param name="capacity">How many, at most.</param>
    public Argon2ArenaPool(int memoryKiB, int capacity)
    {
        _memoryKiB = memoryKiB;
        _idle = new Argon2Arena?[capacity];
        OldestGenerationWatch.Start(this);
    }

    /// <summary>How many wait for use.</summary>
    public int IdleCount => _idle.Count(arena => arena is not null);

    /// <summary>Lends an arena of at least <paramref name="memoryKiB"/>. One larger than the pool keeps is taken anew.</summary>
    public Lease Rent(int memoryKiB)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _used = true;
        if (memoryKiB > _memoryKiB) return new Lease(this, Argon2Arena.Allocate(memoryKiB));
        foreach (ref var slot in _idle.AsSpan())
        {
            if (slot is not null && Interlocked.Exchange(ref slot, null) is { } kept) return new Lease(this, kept);
        }

        return new Lease(this, Argon2Arena.Allocate(_memoryKiB));
    }

    /// <summary>Called after a collection of the oldest generation.</summary>
    /// <param name="pressed">Whether the machine is short of memory.</param>
    public void Collect(bool pressed)
    {
        if (pressed || !_used) Release();
        _used = false;
    }

    public void Dispose()
    {
        _disposed = true;
        Release();
    }

    private void Release()
    {
        foreach (ref var slot in _idle.AsSpan()) Interlocked.Exchange(ref slot, null)?.Dispose();
    }

    private void Return(Argon2Arena arena)
    {
        if (!_disposed && arena.SizeKiB == _memoryKiB)
        {
            arena.Wipe();
            foreach (ref var slot in _idle.AsSpan())
            {
                if (slot is not null || Interlocked.CompareExchange(ref slot, arena, null) is not null) continue;

                // Disposed in between: whoever takes the arena out of its slot disposes of it.
                if (_disposed) Interlocked.Exchange(ref slot, null)?.Dispose();
                return;
            }
        }

        arena.Dispose();
    }

    /// <summary>An arena on loan; disposing wipes it and gives it back.</summary>
    internal readonly struct Lease(Argon2ArenaPool pool, Argon2Arena arena) : IDisposable
    {
        public Argon2Arena Arena => arena;

        public void Dispose() => pool.Return(arena);
    }
}
