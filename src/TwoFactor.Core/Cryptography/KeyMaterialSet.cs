using System.Diagnostics.CodeAnalysis;

namespace TwoFactor.Cryptography;

/// <summary>Keys with distinct ids, one of them current. What every ring here is made of.</summary>
internal sealed class KeyMaterialSet : IDisposable
{
    private readonly KeyMaterial[] _keys;

    private KeyMaterialSet(KeyMaterial[] keys, KeyMaterial current)
    {
        _keys = keys;
        Current = current;
    }

    public KeyMaterial Current { get; }

    public int Count => _keys.Length;

    public IReadOnlyList<KeyMaterial> All => _keys;

    public IEnumerable<string> Ids => _keys.Select(key => key.Id);

    public KeyMaterial? Find(string id) => Array.Find(_keys, key => string.Equals(key.Id, id, StringComparison.Ordinal));

    public void Dispose()
    {
        foreach (var key in _keys) key.Dispose();
    }

    public static bool TryCreate(
        string? currentId,
        IEnumerable<(string? Id, ReadOnlyMemory<byte> Key)> keys,
        int minBytes,
        int maxBytes,
        [NotNullWhen(true)] out KeyMaterialSet? set,
        out KeyRingError error)
    {
        set = null;
        var accepted = new List<KeyMaterial>();
        error = Fill(accepted, keys, minBytes, maxBytes);
        var current = accepted.Find(key => string.Equals(key.Id, currentId, StringComparison.Ordinal));
        if (error.Problem == KeyRingProblem.None && current is null) error = CurrentMissing(currentId);
        if (error.Problem == KeyRingProblem.None)
        {
            set = new KeyMaterialSet([.. accepted], current!);
            return true;
        }

        foreach (var key in accepted) key.Dispose();
        return false;
    }

    private static KeyRingError Fill(
        List<KeyMaterial> accepted, IEnumerable<(string? Id, ReadOnlyMemory<byte> Key)> keys, int minBytes, int maxBytes)
    {
        var place = 0;
        foreach (var (id, key) in keys)
        {
            place++;
            if (!KeyId.IsValid(id))
            {
                return new(KeyRingProblem.InvalidKeyId, $"The id of key number {place} is not {KeyId.Rule}: rename it.");
            }

            if (accepted.Exists(other => string.Equals(other.Id, id, StringComparison.Ordinal)))
            {
                return new(KeyRingProblem.DuplicateKeyId, $"Two keys have the id '{id}': each id is used once, for good.");
            }

            if (key.Length < minBytes || key.Length > maxBytes)
            {
                var expected = minBytes == maxBytes ? $"{minBytes}" : $"{minBytes} to {maxBytes}";
                return new(KeyRingProblem.WrongKeyLength, $"Key '{id}' has {key.Length} bytes, and needs {expected} random ones.");
            }

            if (!key.Span.ContainsAnyExcept(key.Span[0]))
            {
                return new(KeyRingProblem.TrivialKey, $"Key '{id}' is one byte repeated: generate a random one.");
            }

            accepted.Add(new KeyMaterial(id!, key.Span));
        }

        return place > 0 ? KeyRingError.None : new(KeyRingProblem.NoKeys, "There is no key: configure at least one.");
    }

    private static KeyRingError CurrentMissing(string? currentId) => new(
        KeyRingProblem.CurrentKeyMissing,
        KeyId.IsValid(currentId)
            ? $"The current key id '{currentId}' names none of the configured keys."
            : $"The current key id is missing or not {KeyId.Rule}: set it to the id of one of the configured keys.");
}
