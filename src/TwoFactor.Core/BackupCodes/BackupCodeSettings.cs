using System.Diagnostics.CodeAnalysis;
using TwoFactor.Cryptography;

namespace TwoFactor.BackupCodes;

/// <summary>
/// How backup codes are made and hashed. Immutable; each property is validated when set, their relations by <see cref="TryValidate"/>.
/// </summary>
public sealed record BackupCodeSettings
{
    /// <summary>The longest <see cref="QueueTimeout"/>.</summary>
    public static readonly TimeSpan MaxQueueTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Codes in a batch: 1 to 32. Default 10.</summary>
    public int Count { get; init => field = InRange(value, 1, BackupCodeFormat.SlotCount, nameof(Count)); } = 10;

    /// <summary>
    /// Cost of each new hash; within <see cref="Limits"/>, and never below 7,168 KiB. Default <see cref="Argon2Parameters.Default"/>.
    /// </summary>
    public Argon2Parameters Parameters { get; init => field = value ?? throw new ArgumentNullException(nameof(Parameters)); } =
        Argon2Parameters.Default;

    /// <summary>What <see cref="Parameters"/> and stored hashes may demand. Default <see cref="Argon2Limits.Default"/>.</summary>
    public Argon2Limits Limits { get; init => field = value ?? throw new ArgumentNullException(nameof(Limits)); } = Argon2Limits.Default;

    /// <summary>Hashes computed at a time: 1 to 256. Default the number of processors, at most 4.</summary>
    public int MaxConcurrentHashes { get; init => field = InRange(value, 1, 256, nameof(MaxConcurrentHashes)); } =
        Math.Min(Environment.ProcessorCount, 4);

    /// <summary>Callers that may wait for their turn: 0 to 65,536. Default 64. Who comes after is answered Busy at once.</summary>
    public int QueueLimit { get; init => field = InRange(value, 0, 65_536, nameof(QueueLimit)); } = 64;

    /// <summary>How long a caller waits before it is answered Busy: 0 to 1 minute. Default 2 seconds.</summary>
    public TimeSpan QueueTimeout
    {
        get;
        init => field = value >= TimeSpan.Zero && value <= MaxQueueTimeout
            ? value
            : throw new ArgumentOutOfRangeException(nameof(QueueTimeout), value, $"{nameof(QueueTimeout)} must be 0 to 1 minute.");
    } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Codes of one batch that may be hashed side by side: 1 to 32, and never more than the gate has free at that moment. Default 1.
    /// </summary>
    public int BatchParallelism { get; init => field = InRange(value, 1, BackupCodeFormat.SlotCount, nameof(BatchParallelism)); } = 1;

    /// <summary>Checks the relations between properties.</summary>
    /// <param name="problem">What is wrong and what to do, or null.</param>
    /// <returns>Whether a hasher takes these settings.</returns>
    public bool TryValidate([NotNullWhen(false)] out string? problem)
    {
        problem = null;
        if (!Parameters.IsConsistent)
        {
            problem = $"{nameof(Parameters)}: memory must be at least 8 KiB for each lane.";
        }
        else if (Parameters.MemoryKiB < Argon2Limits.Default.MinMemoryKiB)
        {
            problem = $"{nameof(Parameters)}: new hashes take at least {Argon2Limits.Default.MinMemoryKiB} KiB, "
                + $"whatever {nameof(Limits)} permit of old ones.";
        }
        else if (!Limits.Allows(Parameters))
        {
            problem = $"{nameof(Parameters)} (m={Parameters.MemoryKiB}, t={Parameters.Iterations}, p={Parameters.Parallelism}, "
                + $"tag {Parameters.TagLength}, salt {Parameters.SaltLength}) are outside {nameof(Limits)} ({Limits}): change one of them.";
        }
        else if (Parameters.SaltLength > PhcString.MaxSaltLength
            || Parameters.TagLength is < PhcString.MinHashLength or > PhcString.MaxHashLength)
        {
            problem = $"{nameof(Parameters)}: a PHC string holds a salt of 8 to 48 bytes and a tag of 12 to 64.";
        }

        return problem is null;
    }

    private static int InRange(int value, int least, int most, string name) =>
        value >= least && value <= most
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be {least} to {most}.");
}
