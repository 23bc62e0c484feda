using System.Security.Cryptography;
using TwoFactor.Cryptography;
using TwoFactor.Cryptography.Argon2;

namespace TwoFactor.BackupCodes;

/// <summary>One hash of one code: the slot is part of what is hashed.</summary>
internal static class CodeHash
{
    /// <summary>The stored form of a new code.</summary>
    public static string Create(
        Argon2Arena arena, ReadOnlySpan<char> canonical, Argon2Parameters parameters, KeyMaterial? pepper, CancellationToken ct)
    {
        Span<byte> salt = stackalloc byte[PhcString.MaxSaltLength];
        Span<byte> tag = stackalloc byte[PhcString.MaxHashLength];
        salt = salt[..parameters.SaltLength];
        tag = tag[..parameters.TagLength];
        RandomNumberGenerator.Fill(salt);
        Compute(arena, canonical, salt, parameters, pepper, tag, ct);
        return new PhcString(parameters, salt, tag, pepper?.Id).Format();
    }

    /// <summary>Whether the code is the one that was stored; compared in fixed time.</summary>
    public static bool Matches(
        Argon2Arena arena, ReadOnlySpan<char> canonical, PhcString stored, KeyMaterial? pepper, CancellationToken ct)
    {
        Span<byte> tag = stackalloc byte[PhcString.MaxHashLength];
        tag = tag[..stored.Parameters.TagLength];
        Compute(arena, canonical, stored.Salt, stored.Parameters, pepper, tag, ct);
        var matches = CryptographicOperations.FixedTimeEquals(tag, stored.Hash);
        CryptographicOperations.ZeroMemory(tag);
        return matches;
    }

    private static void Compute(
        Argon2Arena arena,
        ReadOnlySpan<char> canonical,
        ReadOnlySpan<byte> salt,
        Argon2Parameters parameters,
        KeyMaterial? pepper,
        Span<byte> tag,
        CancellationToken ct)
    {
        Span<byte> password = stackalloc byte[BackupCodeFormat.SymbolCount];
        for (var i = 0; i < password.Length; i++) password[i] = (byte)canonical[i];
        try
        {
            Argon2id.Hash(arena, password, salt, parameters, tag, pepper is null ? default : pepper.Key, ct);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(password);
        }
    }
}
