using System.Collections.Concurrent;

namespace TwoFactor.EntityFrameworkCore.Databases;

/// <summary>
/// One turn at a time, or as many as are given out, in the order of asking, without taking a thread. A database that has one writer is given
/// one: the others wait here for microseconds instead of sleeping and retrying on a busy database.
/// </summary>
// The semaphore holds nothing to dispose of: its wait handle is never asked for.
#pragma warning disable CA1001
internal sealed class WriteGate
#pragma warning restore CA1001
{
    private static readonly ConcurrentDictionary<string, WriteGate> Gates = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn;

    /// <param name="turns">How many have their turn at a time.</param>
    public WriteGate(int turns) => _turn = new SemaphoreSlim(turns, turns);

    /// <summary>The gate of a database, shared by all stores of this process.</summary>
    public static WriteGate Of(string database) => Gates.GetOrAdd(database, static _ => new WriteGate(1));

    /// <summary>Waits for the turn.</summary>
    public async ValueTask<Turn> EnterAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(this);
    }

    /// <summary>Ends with <see cref="Dispose"/>, which is called once; <c>default</c> is a turn that nobody waits for.</summary>
    public readonly struct Turn : IDisposable
    {
        private readonly WriteGate? _gate;

        internal Turn(WriteGate gate) => _gate = gate;

        public void Dispose() => _gate?._turn.Release();
    }
}
