using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using TwoFactor.Accounts;

namespace TwoFactor.TrustedDevices;

/// <summary>
/// The browser's side of a trusted device: the user, the device and 256 random bits, of which the store keeps the SHA-256 hash only. It is good
/// for one sign-in, which replaces it. Keep it in a cookie that no script can read.
/// </summary>
public sealed class TrustedDeviceToken
{
    private const int IdLength = 16;
    private const int SecretLength = 32;
    private readonly byte[] _secret;

    private TrustedDeviceToken(UserId userId, TrustedDeviceId deviceId, byte[] secret) => (UserId, DeviceId, _secret) = (userId, deviceId, secret);

    /// <summary>Whose device it is.</summary>
    public UserId UserId { get; }

    /// <summary>Which.</summary>
    public TrustedDeviceId DeviceId { get; }

    internal ImmutableArray<byte> Hash => ImmutableCollectionsMarshal.AsImmutableArray(SHA256.HashData(_secret));

    internal static TrustedDeviceToken New(UserId userId, TrustedDeviceId deviceId) => new(userId, deviceId, RandomNumberGenerator.GetBytes(SecretLength));

    /// <summary>The token as text of URL-safe characters: <c>user.device.secret</c>, each Base64url; at most 1,100 characters.</summary>
    public string Reveal() => TokenText.Write(UserId, DeviceId.Value.ToByteArray(bigEndian: true), _secret);

    /// <summary>Reads what <see cref="Reveal"/> wrote; false, never an exception, for anything else.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out TrustedDeviceToken? token)
    {
        var read = TokenText.TryRead(text, [IdLength, SecretLength], out var user, out var parts);
        token = read ? new TrustedDeviceToken(user, new TrustedDeviceId(new Guid(parts[0], bigEndian: true)), parts[1]) : null;
        return read;
    }

    /// <summary>User and device, no secret.</summary>
    public override string ToString() => $"TrustedDeviceToken {DeviceId} of {UserId} (redacted)";
}
