using System.Security.Cryptography;

namespace TwoFactor.Cryptography;

/// <summary>Reads configured keys (id → base64) into a set, and zeroes what it decoded.</summary>
internal static class KeyText
{
    public static bool TryDecode(
        string? currentId,
        IEnumerable<KeyValuePair<string, string?>>? keys,
        int minBytes,
        int maxBytes,
        out KeyMaterialSet? set,
        out KeyRingError error)
    {
        set = null;
        error = KeyRingError.None;
        var decoded = new List<(string? Id, ReadOnlyMemory<byte> Key)>();
        try
        {
            var place = 0;
            foreach (var (id, text) in keys ?? [])
            {
                place++;
                if (!TryDecode(text, out var key))
                {
                    var name = KeyId.IsValid(id) ? $"'{id}'" : $"number {place}";
                    error = new(
                        KeyRingProblem.InvalidBase64, $"Key {name} is not base64: give it as 'openssl rand -base64 32' prints one.");
                    return false;
                }

                decoded.Add((id, key));
            }

            return KeyMaterialSet.TryCreate(currentId, decoded, minBytes, maxBytes, out set, out error);
        }
        finally
        {
            foreach (var (_, key) in decoded) Zero(key);
        }
    }

    private static bool TryDecode(string? text, out ReadOnlyMemory<byte> key)
    {
        key = default;
        if (string.IsNullOrWhiteSpace(text) || text.Length > 1024) return false;
        var bytes = GC.AllocateArray<byte>(text.Length, pinned: true);
        if (!Convert.TryFromBase64String(text, bytes, out var written)) return false;
        key = bytes.AsMemory(0, written);
        return true;
    }

    private static void Zero(ReadOnlyMemory<byte> key)
    {
        if (System.Runtime.InteropServices.MemoryMarshal.TryGetArray(key, out var array)) CryptographicOperations.ZeroMemory(array.Array);
    }
}
