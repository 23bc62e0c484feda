using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace TwoFactor.Cryptography;

/// <summary>
/// An Argon2id hash with its parameters and salt, in the PHC string format:
/// <c>$argon2id$v=19$m=19456,t=2,p=1[,keyid=...]$salt$hash</c>. Every value has exactly one spelling.
/// </summary>
/// <remarks>
/// Source: the PHC string format specification (P-H-C/phc-string-format), which bounds the salt to 8-48 and the hash to 12-64 bytes
/// and writes <c>keyid</c> in base64. Key ids here have up to 32 characters, where that document says 8 bytes.
/// </remarks>
public sealed class PhcString
{
    /// <summary>The longest string that is looked at: above the longest that can be written.</summary>
    public const int MaxLength = 256;

    /// <summary>Shortest salt in bytes, inclusive.</summary>
    public const int MinSaltLength = 8;

    /// <summary>Longest salt in bytes, inclusive.</summary>
    public const int MaxSaltLength = 48;

    /// <summary>Shortest hash in bytes, inclusive.</summary>
    public const int MinHashLength = 12;

    /// <summary>Longest hash in bytes, inclusive.</summary>
    public const int MaxHashLength = 64;

    private readonly byte[] _salt;
    private readonly byte[] _hash;

    /// <summary>Puts the parts together.</summary>
    /// <param name="parameters">Cost and lengths.</param>
    /// <param name="salt">8 to 48 bytes, as many as <paramref name="parameters"/> say.</param>
    /// <param name="hash">12 to 64 bytes, as many as <paramref name="parameters"/> say.</param>
    /// <param name="keyId">Id of the pepper, or null: 1 to 32 characters of A-Z, a-z, 0-9, - and _.</param>
    /// <exception cref="ArgumentException">A part is out of range or does not agree with <paramref name="parameters"/>.</exception>
    public PhcString(Argon2Parameters parameters, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> hash, string? keyId = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        parameters.ThrowIfInconsistent(nameof(parameters));
        if (salt.Length is < MinSaltLength or > MaxSaltLength || salt.Length != parameters.SaltLength)
        {
            throw new ArgumentException("The salt has 8 to 48 bytes, as many as the parameters say.", nameof(salt));
        }

        if (hash.Length is < MinHashLength or > MaxHashLength || hash.Length != parameters.TagLength)
        {
            throw new ArgumentException("The hash has 12 to 64 bytes, as many as the parameters say.", nameof(hash));
        }

        Parameters = parameters;
        KeyId = keyId is null ? null : Cryptography.KeyId.Require(keyId, nameof(keyId));
        _salt = salt.ToArray();
        _hash = hash.ToArray();
    }

    /// <summary>Cost and lengths.</summary>
    public Argon2Parameters Parameters { get; }

    /// <summary>Id of the pepper that went into the hash; null when none did.</summary>
    public string? KeyId { get; }

    /// <summary>The salt.</summary>
    public ReadOnlySpan<byte> Salt => _salt;

    /// <summary>The hash. Compare it in fixed time.</summary>
    public ReadOnlySpan<byte> Hash => _hash;

    /// <summary>Parses strictly: canonical numbers and base64, parameters in order, nothing beside them.</summary>
    /// <param name="text">Text from anywhere, of any length.</param>
    /// <param name="result">The parts, or null.</param>
    /// <param name="error">The part that was refused, or <see cref="PhcError.None"/>.</param>
    /// <returns>Whether <paramref name="result"/> is there.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out PhcString? result, out PhcError error)
    {
        error = PhcParser.Parse(text, out result);
        return error == PhcError.None && result is not null;
    }

    /// <summary>Writes the string that <see cref="TryParse"/> reads.</summary>
    public string Format()
    {
        Span<char> room = stackalloc char[MaxLength];
        var (memory, iterations, lanes) = (Parameters.MemoryKiB, Parameters.Iterations, Parameters.Parallelism);
        var text = new StringBuilder(160)
            .Append(CultureInfo.InvariantCulture, $"$argon2id$v=19$m={memory},t={iterations},p={lanes}");
        if (KeyId is not null)
        {
            Span<byte> id = stackalloc byte[Cryptography.KeyId.MaxLength];
            var length = Encoding.ASCII.GetBytes(KeyId, id);
            text.Append(",keyid=").Append(room[..CanonicalBase64.Encode(id[..length], room)]);
        }

        text.Append('$').Append(room[..CanonicalBase64.Encode(_salt, room)]);
        text.Append('$').Append(room[..CanonicalBase64.Encode(_hash, room)]);
        return text.ToString();
    }

    /// <summary>The parameters, without salt and hash. <see cref="Format"/> writes the whole.</summary>
    public override string ToString() =>
        $"argon2id m={Parameters.MemoryKiB} t={Parameters.Iterations} p={Parameters.Parallelism}";
}
