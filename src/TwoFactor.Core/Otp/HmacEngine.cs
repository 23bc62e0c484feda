namespace TwoFactor.Otp;

/// <summary>Who computes the HMACs of codes. Both give the same codes.</summary>
public enum HmacEngine
{
    /// <summary>The platform's cryptography. Where that is a validated module (FIPS 140-3), key and HMAC never leave it.</summary>
    Platform = 0,

    /// <summary>
    /// This library's own HMAC-SHA-1 and HMAC-SHA-256, all candidates side by side in vector registers: many times faster, and no part of
    /// any validated module. Where it is not available (<see cref="VectorizedHmac.IsAvailable"/>) and for SHA-512, the platform computes.
    /// </summary>
    Vectorized = 1,
}
