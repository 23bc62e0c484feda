namespace TwoFactor.Cryptography;

/// <summary>
/// What a stored hash may demand. Checked on the parsed parameters before any memory is taken: a row that asks for gigabytes is
/// refused, and so is one so cheap that it protects nothing. The same limits bind the parameters a deployment configures.
/// </summary>
/// <remarks>
/// The floor of 7 MiB is the least memory in the OWASP Password Storage Cheat Sheet's list for Argon2id. That list pairs it with five
/// passes for passwords that people choose; one pass is permitted here because a backup code carries 70 random bits. The ceiling of
/// 64 MiB is RFC 9106 section 4's second recommended choice (64 MiB, 3 passes, 4 lanes), with room in passes and lanes.
/// </remarks>
public sealed record Argon2Limits
{
    /// <summary>The documented defaults.</summary>
    public static Argon2Limits Default { get; } = new();

    /// <summary>Least memory in KiB, inclusive. Default 7,168 (7 MiB).</summary>
    public int MinMemoryKiB { get; init; } = 7 * 1024;

    /// <summary>Most memory in KiB, inclusive. Default 65,536 (64 MiB).</summary>
    public int MaxMemoryKiB { get; init; } = 64 * 1024;

    /// <summary>Least passes, inclusive. Default 1.</summary>
    public int MinIterations { get; init; } = 1;

    /// <summary>Most passes, inclusive. Default 16.</summary>
    public int MaxIterations { get; init; } = 16;

    /// <summary>Most lanes, inclusive. Default 16.</summary>
    public int MaxParallelism { get; init; } = 16;

    /// <summary>Least length of the tag in bytes, inclusive. Default 16.</summary>
    public int MinTagLength { get; init; } = 16;

    /// <summary>Least length of the salt in bytes, inclusive. Default 16.</summary>
    public int MinSaltLength { get; init; } = 16;

    /// <summary>Whether <paramref name="parameters"/> are between the floor and the ceiling.</summary>
    /// <param name="parameters">Stored or configured parameters.</param>
    public bool Allows(Argon2Parameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return parameters.IsConsistent
            && parameters.MemoryKiB >= MinMemoryKiB && parameters.MemoryKiB <= MaxMemoryKiB
            && parameters.Iterations >= MinIterations && parameters.Iterations <= MaxIterations
            && parameters.Parallelism <= MaxParallelism
            && parameters.TagLength >= MinTagLength
            && parameters.SaltLength >= MinSaltLength;
    }
}
