using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
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
    public string Reveal() => TokenText.Write(UserId, _secret);

    /// <summary>Reads what <see cref="Reveal"/> wrote; false, never an exception, for anything else.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ChallengeToken? token)
    {
        var read = TokenText.TryRead(text, [SecretLength], out var user, out var parts);
        token = read ? new ChallengeToken(user, parts[0]) : null;
        return read;
    }

    /// <summary>The challenge that this token names; null when there is none that could be answered or explained.</summary>
    internal Challenge? FindIn(Account account, bool forEnrollment, DateTimeOffset now)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_secret, hash);
        foreach (var challenge in account.Challenges)
        {
            var named = CryptographicOperations.FixedTimeEquals(challenge.TokenHash.AsSpan(), hash);
            if (named && challenge.IsForEnrollment == forEnrollment && challenge.Epoch == account.Epoch && now < challenge.ExpiresAt) return challenge;
        }

        return null;
    }

    /// <summary>The user alone.</summary>
    public override string ToString() => $"ChallengeToken of {UserId} (redacted)";
}
