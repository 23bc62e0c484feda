namespace TwoFactor.Cryptography;

/// <summary>What is wrong with configured keys.</summary>
public enum KeyRingProblem
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>There is no key.</summary>
    NoKeys,

    /// <summary>A key id is not 1 to 32 characters of A-Z, a-z, 0-9, - and _.</summary>
    InvalidKeyId,

    /// <summary>Two keys have one id.</summary>
    DuplicateKeyId,

    /// <summary>A key is missing or not base64.</summary>
    InvalidBase64,

    /// <summary>A key has the wrong number of bytes.</summary>
    WrongKeyLength,

    /// <summary>A key consists of one byte repeated: a placeholder.</summary>
    TrivialKey,

    /// <summary>The current key id is missing or names no key.</summary>
    CurrentKeyMissing,
}
