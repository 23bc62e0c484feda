using System.Runtime.InteropServices;

namespace TwoFactor.Cryptography.Argon2;

/// <summary>
/// Tells a pool of each collection of the oldest generation: an object that nobody holds, which survives into that generation and from
/// then on is finalised, and registers again, once for every one.
/// </summary>
internal sealed class OldestGenerationWatch
{
    // A handle and no WeakReference: that would be finalised along with this object.
    private WeakGCHandle<Argon2ArenaPool> _pool;

    private OldestGenerationWatch(Argon2ArenaPool pool) => _pool = new WeakGCHandle<Argon2ArenaPool>(pool);

    ~OldestGenerationWatch()
    {
        if (!_pool.TryGetTarget(out var pool))
        {
            _pool.Dispose();
            return;
        }

        var memory = GC.GetGCMemoryInfo();
        pool.Collect(pressed: memory.MemoryLoadBytes >= memory.HighMemoryLoadThresholdBytes);
        GC.ReRegisterForFinalize(this);
    }

    public static void Start(Argon2ArenaPool pool) => _ = new OldestGenerationWatch(pool);
}
