namespace TwoFactor.EntityFrameworkCore.Databases;

/// <summary>
/// Compare-and-swap writes of which those that wait for their turn go to the database together, in one transaction, because a commit that is
/// durable, and a way to a server and back, cost more than all the rest. Nobody is answered before that commit. See ADRs 8 and 10.
/// </summary>
/// <param name="database">Where they are written; turns, connections and transactions are its.</param>
internal sealed class GroupedWrites(StoreDatabase database)
{
    /// <summary>
    /// How long a group has its turn to itself where others can write meanwhile, and waits for a row that somebody holds: far longer than a
    /// commit takes, and too short for a user to notice.
    /// </summary>
    public static readonly TimeSpan LongestTurn = TimeSpan.FromMilliseconds(50);

    // So that no transaction grows without bounds; whoever comes later begins the next one.
    private const int Most = 64;

    private readonly Lock _lock = new();
    private List<GroupedWrite>? _forming;

    /// <summary>Compare and swap, as <see cref="StoreDatabase.TryWriteAsync(ConditionalWrite, CancellationToken)"/> says.</summary>
    public async ValueTask<bool> TryWriteAsync(ConditionalWrite write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var mine = new GroupedWrite(write, cancellationToken);
        // The first of a group waits for the turn on behalf of all. Its call may be cancelled meanwhile: the group is not the call's.
        if (Join(mine) is { } group) _ = RunAsync(group);
        if (mine.Outcome.IsCompleted) return await mine.Outcome.ConfigureAwait(false);
        await using var registration = cancellationToken.UnsafeRegister(static write => ((GroupedWrite)write!).Withdraw(), mine).ConfigureAwait(false);
        return await mine.Outcome.ConfigureAwait(false);
    }

    /// <summary>The group, for the one that begins it.</summary>
    private List<GroupedWrite>? Join(GroupedWrite write)
    {
        lock (_lock)
        {
            if (_forming is { Count: < Most } group)
            {
                group.Add(write);
                return null;
            }

            return _forming = [write];
        }
    }

    private async Task RunAsync(List<GroupedWrite> group)
    {
        // Nothing is swallowed, here and below: whatever it is, it is the outcome of each call that has none yet.
#pragma warning disable CA1031
        try
        {
            using var turn = await database.EnterGroupAsync().ConfigureAwait(false);
            var writing = WriteAsync(Close(group));
            // Whom a row keeps waiting that somebody holds, does not keep the others. By the time that passes here, whatever the clock of the application.
            if (database.HasOneWriter) await writing.ConfigureAwait(false);
            else await Task.WhenAny(writing, Task.Delay(LongestTurn, TimeProvider.System)).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // No turn came, and nobody may be left waiting.
            foreach (var write in Close(group)) write.Fail(e);
        }
#pragma warning restore CA1031
    }

    /// <summary>Lets nobody else join.</summary>
    /// <returns>Those that have not been withdrawn, and cannot be any more.</returns>
    private List<GroupedWrite> Close(List<GroupedWrite> group)
    {
        lock (_lock)
        {
            if (_forming == group) _forming = null;
        }

        return [.. group.Where(write => write.TryTake())];
    }

    private async Task WriteAsync(List<GroupedWrite> taken)
    {
#pragma warning disable CA1031
        try
        {
            if (taken.Count > 1 && await TryTogetherAsync(taken).ConfigureAwait(false)) return;
            if (!database.HasOneWriter)
            {
                await Task.WhenAll(taken.Select(AloneAsync)).ConfigureAwait(false);
                return;
            }

            foreach (var write in taken) await AloneAsync(write).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            foreach (var write in taken) write.Fail(e);
        }
#pragma warning restore CA1031
    }

    private async ValueTask<bool> TryTogetherAsync(List<GroupedWrite> group)
    {
        await using var connection = await database.ConnectAsync(CancellationToken.None).ConfigureAwait(false);
        return await database.TryWriteTogetherAsync(connection, group).ConfigureAwait(false);
    }

    private async Task AloneAsync(GroupedWrite write)
    {
#pragma warning disable CA1031
        try
        {
            await using var connection = await database.ConnectAsync(write.CancellationToken).ConfigureAwait(false);
            write.Complete(await database.TryWriteAsync(connection, write.Write, write.CancellationToken).ConfigureAwait(false));
        }
        catch (Exception e)
        {
            write.Fail(e);
        }
#pragma warning restore CA1031
    }
}
