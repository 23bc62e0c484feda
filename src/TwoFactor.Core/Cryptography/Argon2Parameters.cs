namespace TwoFactor.Cryptography;

/// <summary>
/// The cost and the shape of an Argon2id hash (RFC 9106 section 3.1). Immutable; each property is validated when it is set, the
/// relation between memory and lanes when the parameters are used.
/// </summary>
public sealed record Argon2Parameters
{
    /// <summary>The largest <see cref="MemoryKiB"/>: 4 GiB.</summary>
    public const int MaxMemoryKiB = 4 * 1024 * 1024;

    /// <summary>The largest <see cref="Parallelism"/>: every lane takes at least 8 KiB of the largest memory.</summary>
    public const int MaxParallelism = MaxMemoryKiB / BlocksPerLane;

    /// <summary>The largest <see cref="TagLength"/> and <see cref="SaltLength"/>, in bytes.</summary>
    public const int MaxBytes = 1024;

    private const int BlocksPerLane = 8;

    /// <summary>
    /// 19,456 KiB (19 MiB), 2 passes, 1 lane, a 32-byte tag and a 16-byte salt: the OWASP Password Storage Cheat Sheet's first choice
    /// for Argon2id besides 46 MiB in one pass.
    /// </summary>
    public static Argon2Parameters Default { get; } = new();

    /// <summary>Memory <c>m</c> in KiB: 8 × <see cref="Parallelism"/> to 4,194,304. Default 19,456.</summary>
    public int MemoryKiB
    {
        get;
        init => field = InRange(value, BlocksPerLane, MaxMemoryKiB, nameof(MemoryKiB));
    } = 19_456;

    /// <summary>Passes <c>t</c> over the memory: 1 to 2,147,483,647. Default 2.</summary>
    public int Iterations
    {
        get;
        init => field = InRange(value, 1, int.MaxValue, nameof(Iterations));
    } = 2;

    /// <summary>Lanes <c>p</c>: 1 to 524,288. They are computed side by side where the machine has the cores. Default 1.</summary>
    public int Parallelism
    {
        get;
        init => field = InRange(value, 1, MaxParallelism, nameof(Parallelism));
    } = 1;

    /// <summary>Length <c>T</c> of the tag (the hash) in bytes: 4 to 1,024. Default 32.</summary>
    public int TagLength
    {
        get;
        init => field = InRange(value, 4, MaxBytes, nameof(TagLength));
    } = 32;

    /// <summary>Length of the salt in bytes: 8 to 1,024. Default 16, as RFC 9106 recommends.</summary>
    public int SaltLength
    {
        get;
        init => field = InRange(value, 8, MaxBytes, nameof(SaltLength));
    } = 16;

    /// <summary>Whether the memory gives every lane its eight blocks: <see cref="MemoryKiB"/> ≥ 8 × <see cref="Parallelism"/>.</summary>
    public bool IsConsistent => MemoryKiB / BlocksPerLane >= Parallelism;

    internal void ThrowIfInconsistent(string parameterName)
    {
        if (IsConsistent) return;
        throw new ArgumentException(
            $"{nameof(MemoryKiB)} ({MemoryKiB}) must be at least 8 x {nameof(Parallelism)} ({Parallelism}), by RFC 9106 section 3.1.",
            parameterName);
    }

    private static int InRange(int value, int least, int most, string name) =>
        value >= least && value <= most
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be {least} to {most}.");
}
