using System.Security.Cryptography;
using TwoFactor.Cryptography;

namespace TwoFactor.BackupCodes;

/// <summary>One hash of one code: the slot is part of what is hashed.</summary>
internal static class CodeHash
{
    /// <summary>The stored form of a new code.</summary>
    public static string Create(ReadOnlySpan<char> canonical, Argon2Parameters parameters, KeyMaterial? pepper, CancellationToken ct)
    {
        Span<byte> salt = stackalloc byte[PhcString.MaxSaltLength];
        Span<byte> tag = stackalloc byte[PhcString.MaxHashLength];
        salt = salt[..parameters.SaltLength];
        tag = tag[..parameters.TagLength];
        RandomNumberGenerator.Fill(salt);
        Compute(canonical, salt, parameters, pepper, tag, ct);
        return new PhcString(parameters, salt, tag, pepper?.Id).Format();
    }

    /// <summary>Whether the code is the one that was stored; compared in fixed time.</summary>
    public static bool Matches(ReadOnlySpan<char> canonical, PhcString stored, KeyMaterial? pepper, CancellationToken ct)
    {
        Span<byte> tag = stackalloc byte[PhcString.MaxHashLength];
        tag = tag[..stored.Parameters.TagLength];
        Compute(canonical, stored.Salt, stored.Parameters, pepper, tag, ct);
        var matches = CryptographicOperations.FixedTimeEquals(tag, stored.Hash);
        CryptographicOperations.ZeroMemory(tag);
        return matches;
    }

    private static void Compute(
        ReadOnlySpan<char> canonical, ReadOnlySpan<byte> salt, Argon2Parameters parameters, KeyMaterial? pepper, Span<byte> tag, CancellationToken ct)
    {
        Span<byte> password = stackalloc byte[BackupCodeFormat.SymbolCount];
        for (var i = 0; i < password.Length; i++) password[i] = (byte)canonical[i];
        try
        {
            Argon2id.Hash(password, salt, parameters, tag, pepper is null ? default : pepper.Key, default, ct);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(password);
        }
    }
}
