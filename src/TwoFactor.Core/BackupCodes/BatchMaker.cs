using System.Runtime.InteropServices;
using System.Security.Cryptography;
using TwoFactor.Cryptography;
using TwoFactor.Cryptography.Argon2;

namespace TwoFactor.BackupCodes;

/// <summary>The making of one batch by one or more workers, each with one arena that is wiped once, at its end.</summary>
internal sealed class BatchMaker(BackupCodeSettings settings, KeyMaterial? pepper, Argon2ArenaPool arenas)
{
    private readonly string[] _codes = new string[settings.Count];
    private readonly string[] _hashes = new string[settings.Count];
    private int _taken;

    /// <summary>Makes codes until none is left to make.</summary>
    public void Work(CancellationToken ct)
    {
        using var lease = arenas.Rent(settings.Parameters.MemoryKiB);
        Span<char> canonical = stackalloc char[BackupCodeFormat.SymbolCount];
        for (var slot = Take(); slot < settings.Count; slot = Take())
        {
            BackupCodeGenerator.Create(slot, canonical);
            _codes[slot] = BackupCodeFormat.Format(canonical);
            _hashes[slot] = CodeHash.Create(lease.Arena, canonical, settings.Parameters, pepper, ct);
        }

        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(canonical));
    }

    /// <summary>The batch, once every worker is done.</summary>
    public BackupCodeBatch ToBatch() => new()
    {
        Codes = ImmutableCollectionsMarshal.AsImmutableArray(_codes),
        Hashes = ImmutableCollectionsMarshal.AsImmutableArray(_hashes),
    };

    private int Take() => Interlocked.Increment(ref _taken) - 1;
}
