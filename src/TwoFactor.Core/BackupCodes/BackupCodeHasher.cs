using System.Security.Cryptography;
using TwoFactor.Cryptography;
using TwoFactor.Cryptography.Argon2;

namespace TwoFactor.BackupCodes;

/// <summary>
/// Makes batches of backup codes and verifies single ones, one Argon2id each, behind a gate that bounds memory and processor time.
/// </summary>
/// <remarks>
/// A hash is 10 to 40 ms of pure computation. It runs on the thread pool, never on the caller's thread, so that a caller with a
/// synchronisation context (a Blazor circuit, a desktop window) is not frozen; the gate keeps it from taking more pool threads than
/// <see cref="BackupCodeSettings.MaxConcurrentHashes"/>, and whoever waits at the gate holds no thread at all.
/// </remarks>
public sealed class BackupCodeHasher : IDisposable
{
    private readonly BackupCodeSettings _settings;
    private readonly BackupCodePepperRing? _peppers;
    private readonly HashGate _gate;
    private readonly Argon2ArenaPool _arenas;
    private readonly PhcString _decoy;

    /// <summary>Validates the settings.</summary>
    /// <param name="settings">How codes are made and hashed.</param>
    /// <param name="peppers">Peppers, or null for none; they belong to the caller and must outlive the hasher.</param>
    /// <param name="time">For the wait at the gate.</param>
    /// <exception cref="ArgumentException">The settings contradict each other.</exception>
    public BackupCodeHasher(BackupCodeSettings settings, BackupCodePepperRing? peppers, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(time);
        if (!settings.TryValidate(out var problem)) throw new ArgumentException(problem, nameof(settings));
        _settings = settings;
        _peppers = peppers;
        _gate = new HashGate(settings.MaxConcurrentHashes, settings.QueueLimit, settings.QueueTimeout, time);
        _arenas = new Argon2ArenaPool(settings.Parameters.MemoryKiB, settings.MaxConcurrentHashes);
        _decoy = MakeDecoy(settings.Parameters, peppers?.CurrentKeyId);
    }

    /// <summary>
    /// Makes a new batch in one turn at the gate; with <see cref="BackupCodeSettings.BatchParallelism"/> it takes the turns besides that
    /// are free, and waits for none.
    /// </summary>
    /// <param name="ct">Cancels the wait and the computation.</param>
    /// <returns>The batch, or null when the gate is busy.</returns>
    public async ValueTask<BackupCodeBatch?> GenerateAsync(CancellationToken ct)
    {
        if (!await _gate.EnterAsync(ct).ConfigureAwait(false)) return null;
        var turns = 1;
        try
        {
            while (turns < Math.Min(_settings.BatchParallelism, _settings.Count) && _gate.TryEnter()) turns++;
            var maker = new BatchMaker(_settings, _peppers?.Current, _arenas);
            await Task.WhenAll(Enumerable.Range(0, turns).Select(_ => Task.Run(() => maker.Work(ct), ct))).ConfigureAwait(false);
            return maker.ToBatch();
        }
        finally
        {
            _gate.Exit(turns);
        }
    }

    /// <summary>
    /// Compares a code with the hash stored in its slot. With no hash there (unknown or spent slot) it costs the same one hash by the
    /// configured parameters, and is a mismatch.
    /// </summary>
    /// <param name="storedHash">PHC string from the store, trusted in nothing; null for an unknown or spent slot.</param>
    /// <param name="canonicalCode">
    /// 16 symbols as <see cref="BackupCodeFormat.TryParse"/> gives them. Read until the call completes; the caller zeroes them then.
    /// </param>
    /// <param name="ct">Cancels the wait and the computation.</param>
    /// <exception cref="ArgumentException"><paramref name="canonicalCode"/> is not 16 symbols.</exception>
    public async ValueTask<BackupCodeVerification> VerifyAsync(
        string? storedHash, ReadOnlyMemory<char> canonicalCode, CancellationToken ct)
    {
        BackupCodeFormat.ThrowIfNotCanonical(canonicalCode.Span, nameof(canonicalCode));
        var stored = _decoy;
        if (storedHash is not null && (!PhcString.TryParse(storedHash, out stored, out _) || !_settings.Limits.Allows(stored.Parameters)))
        {
            return new(BackupCodeOutcome.InvalidHash);
        }

        var pepper = stored.KeyId is null ? null : _peppers?.Find(stored.KeyId);
        if (stored.KeyId is not null && pepper is null) return new(BackupCodeOutcome.PepperMissing);
        if (!await _gate.EnterAsync(ct).ConfigureAwait(false)) return new(BackupCodeOutcome.Busy);
        try
        {
            var matches = await Task.Run(() => Matches(canonicalCode, stored, pepper, ct), ct).ConfigureAwait(false);

            // A decoy never matches, even by a tag that happens to agree.
            return new(matches && storedHash is not null ? BackupCodeOutcome.Match : BackupCodeOutcome.Mismatch);
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>Gives back the memory that is kept between hashes. What is under way ends; what comes after fails.</summary>
    public void Dispose() => _arenas.Dispose();

    private bool Matches(ReadOnlyMemory<char> canonicalCode, PhcString stored, KeyMaterial? pepper, CancellationToken ct)
    {
        using var lease = _arenas.Rent(stored.Parameters.MemoryKiB);
        return CodeHash.Matches(lease.Arena, canonicalCode.Span, stored, pepper, ct);
    }

    private static PhcString MakeDecoy(Argon2Parameters parameters, string? keyId) => new(
        parameters, RandomNumberGenerator.GetBytes(parameters.SaltLength), RandomNumberGenerator.GetBytes(parameters.TagLength), keyId);
}
