using System.Security.Cryptography;

namespace TwoFactor.Cryptography;

/// <summary>
/// Keyed AES-GCM instances, kept: setting a key up costs more than sealing a seed. An instance is not documented as safe for
/// concurrent use (on Linux each drives one OpenSSL context), so each is lent to one caller at a time.
/// </summary>
internal sealed class AesGcmPool(KeyMaterial key) : IDisposable
{
    private readonly AesGcm?[] _idle = new AesGcm?[Math.Min(Environment.ProcessorCount, 64)];
    private volatile bool _disposed;

    public KeyMaterial Key => key;

    public AesGcm Rent()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);

        // Asked for even where a kept instance serves: a disposed key serves nobody.
        var bytes = key.Key;
        foreach (ref var slot in _idle.AsSpan())
        {
            if (slot is not null && Interlocked.Exchange(ref slot, null) is { } kept) return kept;
        }

        return new AesGcm(bytes, SecretEnvelope.TagLength);
    }

    public void Return(AesGcm instance)
    {
        foreach (ref var slot in _idle.AsSpan())
        {
            if (_disposed) break;
            if (slot is null && Interlocked.CompareExchange(ref slot, instance, null) is null)
            {
                // Disposed in between: whoever takes the instance out of its slot disposes of it.
                if (_disposed) Interlocked.Exchange(ref slot, null)?.Dispose();
                return;
            }
        }

        instance.Dispose();
    }

    public void Dispose()
    {
        _disposed = true;
        foreach (ref var slot in _idle.AsSpan()) Interlocked.Exchange(ref slot, null)?.Dispose();
    }
}
