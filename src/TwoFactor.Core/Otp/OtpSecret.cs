using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace TwoFactor.Otp;

/// <summary>
/// The shared secret of an enrolment. It never shows itself: <see cref="ToString"/> is redacted. Its bytes lie in a pinned array, so that
/// the
/// garbage collector leaves no copies behind, and <see cref="Dispose"/> zeroes them. Not safe for disposal while another thread reads.
/// </summary>
[DebuggerDisplay("OtpSecret (redacted)")]
public sealed partial class OtpSecret : IDisposable
{
    /// <summary>The fewest bytes <see cref="Generate"/> makes: 128 bits (RFC 4226, section 4, R6).</summary>
    public const int MinGeneratedLength = 16;

    /// <summary>The most bytes <see cref="Generate"/> makes: the output of SHA-512.</summary>
    public const int MaxGeneratedLength = 64;

    /// <summary>The most bytes of a secret from elsewhere.</summary>
    public const int MaxLength = 1_024;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _bytes;
    private readonly int _unusedBits;
    private bool _disposed;

    private OtpSecret(int length, int unusedBits = 0)
    {
        _bytes = GC.AllocateArray<byte>(length, pinned: true);
        _unusedBits = unusedBits;
    }

    /// <summary>Bytes of the secret, 1 to <see cref="MaxLength"/>.</summary>
    public int Length => _bytes.Length;

    /// <summary>The bytes themselves: valid until <see cref="Dispose"/>, not to be copied without need.</summary>
    /// <exception cref="ObjectDisposedException">The secret was disposed.</exception>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _bytes;
        }
    }

    /// <summary>Makes a secret from the system's random number generator.</summary>
    /// <param name="byteLength">16 to 64 inclusive. Default 20: 160 bits, what RFC 4226 (section 4, R6) recommends and all apps
    /// take.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of range.</exception>
    public static OtpSecret Generate(int byteLength = 20)
    {
        if (byteLength is < MinGeneratedLength or > MaxGeneratedLength)
            throw new ArgumentOutOfRangeException(nameof(byteLength), byteLength, "A new secret has 16 to 64 bytes; 20 is the usual.");
        var secret = new OtpSecret(byteLength);
        RandomNumberGenerator.Fill(secret._bytes);
        return secret;
    }

    /// <summary>Copies existing bytes into a secret. The caller zeroes the original.</summary>
    /// <param name="bytes">1 to <see cref="MaxLength"/> bytes.</param>
    /// <exception cref="ArgumentException">There are none or too many.</exception>
    public static OtpSecret FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is 0 or > MaxLength) throw new ArgumentException($"A secret has 1 to {MaxLength} bytes.", nameof(bytes));
        var secret = new OtpSecret(bytes.Length);
        bytes.CopyTo(secret._bytes);
        return secret;
    }

    /// <summary>Whether both have the same bytes, in a time that depends on the lengths alone.</summary>
    /// <param name="other">The secret to compare with.</param>
    /// <exception cref="ObjectDisposedException">One of them was disposed.</exception>
    public bool FixedTimeEquals(OtpSecret other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return CryptographicOperations.FixedTimeEquals(Bytes, other.Bytes);
    }

    /// <summary>Says what it is and nothing of what it holds.</summary>
    public override string ToString() => "OtpSecret (redacted)";

    /// <summary>Zeroes the bytes. May be called more than once.</summary>
    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_bytes);
    }
}
