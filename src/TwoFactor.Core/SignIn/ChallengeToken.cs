using System.Buffers.Text;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using TwoFactor.Accounts;

namespace TwoFactor.SignIn;

/// <summary>
/// The holder's side of a challenge: the user and 256 random bits, of which the store keeps the SHA-256 hash only. Whoever holds it has
/// passed the first factor, so keep it in something protected.
/// </summary>
public sealed class ChallengeToken
{
    private const int SecretLength = 32;
    private readonly byte[] _secret;

    private ChallengeToken(UserId userId, byte[] secret) => (UserId, _secret) = (userId, secret);

    /// <summary>Whose sign-in it is.</summary>
    public UserId UserId { get; }

    internal ImmutableArray<byte> Hash => ImmutableCollectionsMarshal.AsImmutableArray(SHA256.HashData(_secret));

    internal static ChallengeToken New(UserId userId) => new(userId, RandomNumberGenerator.GetBytes(SecretLength));

    /// <summary>The token as text of URL-safe characters: <c>user.secret</c>, both Base64url; at most 1,100 characters.</summary>
    public string Reveal() => $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(UserId.Value))}.{Base64Url.EncodeToString(_secret)}";

    /// <summary>Reads what <see cref="Reveal"/> wrote; false, never an exception, for anything else.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ChallengeToken? token)
    {
        token = null;
        if (text is null || text.Length > 1100) return false;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || !TryDecode(text.AsSpan(0, dot), out var user) || !TryDecode(text.AsSpan(dot + 1), out var secret)) return false;
        if (secret.Length != SecretLength || !TryReadUser(user, out var userId)) return false;
        token = new ChallengeToken(userId, secret);
        return true;
    }

    /// <summary>The user alone.</summary>
    public override string ToString() => $"ChallengeToken of {UserId} (redacted)";

    private static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        // White space, which the decoder would skip, is not part of a token.
        if (text.IsEmpty || text.ContainsAny(" \t\r\n=") || !Base64Url.IsValid(text)) return false;
        bytes = Base64Url.DecodeFromChars(text);
        return true;
    }

    private static bool TryReadUser(byte[] bytes, out UserId userId)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var valid = PlainText.IsIdentifier(text, UserId.MaxLength) && Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(bytes);
        userId = valid ? new UserId(text) : default;
        return valid;
    }
}
