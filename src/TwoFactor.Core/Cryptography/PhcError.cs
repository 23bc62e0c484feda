namespace TwoFactor.Cryptography;

/// <summary>Which part of a PHC string was refused.</summary>
public enum PhcError
{
    /// <summary>Nothing: the string was parsed.</summary>
    None = 0,

    /// <summary>Null, empty or longer than <see cref="PhcString.MaxLength"/>.</summary>
    Length,

    /// <summary>Not <c>$id$v=..$parameters$salt$hash</c>.</summary>
    Structure,

    /// <summary>The algorithm is not <c>argon2id</c>.</summary>
    Algorithm,

    /// <summary>The version is missing or not 19.</summary>
    Version,

    /// <summary><c>m</c> is missing, not canonical, out of range or less than 8 × <c>p</c>.</summary>
    Memory,

    /// <summary><c>t</c> is missing, not canonical or out of range.</summary>
    Iterations,

    /// <summary><c>p</c> is missing, not canonical or out of range.</summary>
    Parallelism,

    /// <summary>
    /// <c>keyid</c> is not canonical base64 of 1 to 32 characters A-Z, a-z, 0-9, - or _; or another parameter stands there.
    /// </summary>
    KeyId,

    /// <summary>The salt is not canonical base64 of 8 to 48 bytes.</summary>
    Salt,

    /// <summary>The hash is not canonical base64 of 12 to 64 bytes.</summary>
    Hash,
}
