using System.Security.Cryptography;
using System.Text;

namespace TwoFactor.Cryptography;

/// <summary>A key with its id: pinned, so that the collector leaves no copies behind, and zeroed when disposed.</summary>
internal sealed class KeyMaterial : IDisposable
{
    private readonly byte[] _idBytes;
    private readonly byte[] _key;
    private volatile bool _disposed;

    public KeyMaterial(string id, ReadOnlySpan<byte> key)
    {
        Id = id;
        _idBytes = Encoding.ASCII.GetBytes(id);
        _key = GC.AllocateUninitializedArray<byte>(key.Length, pinned: true);
        key.CopyTo(_key);
    }

    public string Id { get; }

    public ReadOnlySpan<byte> IdBytes => _idBytes;

    public ReadOnlySpan<byte> Key => Memory.Span;

    /// <summary>The key itself, no copy: zeros once this is disposed.</summary>
    public ReadOnlyMemory<byte> Memory
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _key;
        }
    }

    /// <summary>Whether nothing of the key is left.</summary>
    public bool IsZero => !_key.AsSpan().ContainsAnyExcept((byte)0);

    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_key);
    }

    public override string ToString() => $"key {Id}";
}
