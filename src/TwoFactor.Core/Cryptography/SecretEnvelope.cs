namespace TwoFactor.Cryptography;

/// <summary>
/// The layout of a protected secret: version (1 byte), length of the key id (1), key id, nonce (12), ciphertext, tag (16). Version to
/// key id are the header, which is authenticated before the caller's associated data; the id's length makes it unambiguous.
/// </summary>
internal readonly ref struct SecretEnvelope
{
    public const byte Version = 1;
    public const int NonceLength = 12;
    public const int TagLength = 16;

    /// <summary>Everything but the key id and the ciphertext.</summary>
    private const int FixedLength = 2 + NonceLength + TagLength;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _headerLength;

    private SecretEnvelope(ReadOnlySpan<byte> bytes, int headerLength)
    {
        _bytes = bytes;
        _headerLength = headerLength;
    }

    public ReadOnlySpan<byte> Header => _bytes[.._headerLength];

    public ReadOnlySpan<byte> KeyId => _bytes[2.._headerLength];

    public ReadOnlySpan<byte> Nonce => _bytes.Slice(_headerLength, NonceLength);

    public ReadOnlySpan<byte> Ciphertext => _bytes[(_headerLength + NonceLength)..^TagLength];

    public ReadOnlySpan<byte> Tag => _bytes[^TagLength..];

    public static int LengthFor(int keyIdLength, int secretLength) => checked(FixedLength + keyIdLength + secretLength);

    /// <summary>The longest secret in an envelope of that length: a key id has at least one character.</summary>
    public static int MaxSecretLength(int envelopeLength) => Math.Max(0, envelopeLength - FixedLength - 1);

    public static bool TryParse(ReadOnlySpan<byte> bytes, out SecretEnvelope envelope)
    {
        envelope = default;
        if (bytes.Length <= FixedLength || bytes[0] != Version) return false;
        int idLength = bytes[1];
        if (idLength is 0 or > Cryptography.KeyId.MaxLength || bytes.Length < FixedLength + idLength) return false;
        envelope = new SecretEnvelope(bytes, 2 + idLength);
        return true;
    }
}
