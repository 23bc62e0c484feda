namespace TwoFactor.EntityFrameworkCore.Databases;

/// <summary>
/// Compare-and-swap writes to a database that has one writer at a time: those that wait while another writes go into one transaction
/// together, because a commit that is durable costs more than all the rest. Nobody is answered before that commit. See ADR 8.
/// </summary>
/// <param name="database">Where they are written; turns, connections and transactions are its.</param>
internal sealed class GroupedWrites(StoreDatabase database)
{
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
        List<GroupedWrite> taken = [];
        // Nothing is swallowed: whatever it is, it is the outcome of each call that has none yet.
#pragma warning disable CA1031
        try
        {
            using var turn = await database.EnterWriteAsync(CancellationToken.None).ConfigureAwait(false);
            Close(group);
            taken.AddRange(group.Where(write => write.TryTake()));
            if (taken.Count > 1 && await TryTogetherAsync(taken).ConfigureAwait(false)) return;
            foreach (var write in taken) await AloneAsync(write).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Before the turn came nobody was taken, and nobody may be left waiting.
            Close(group);
            foreach (var write in group.Where(write => taken.Contains(write) || write.TryTake())) write.Fail(e);
        }
#pragma warning restore CA1031
    }

    private void Close(List<GroupedWrite> group)
    {
        lock (_lock)
        {
            if (_forming == group) _forming = null;
        }
    }

    /// <summary>All in one transaction. A version that has moved on, perhaps by an earlier one of the group, affects no row and disturbs nobody.</summary>
    /// <returns>False, with nothing written, when a statement failed: whose fault it is shows when each is written alone.</returns>
    private async ValueTask<bool> TryTogetherAsync(List<GroupedWrite> group)
    {
        await using var connection = await database.ConnectAsync(CancellationToken.None).ConfigureAwait(false);
        await using var transaction = await database.BeginAsync(connection, CancellationToken.None).ConfigureAwait(false);
        using var commands = new TransactionCommands(transaction);
        var replaced = new bool[group.Count];
        try
        {
            for (var i = 0; i < replaced.Length; i++)
                replaced[i] = await StoreDatabase.TryReplaceAsync(commands, group[i].Write, CancellationToken.None).ConfigureAwait(false);
        }
        // Nothing is written, and who is at fault hears of it when each is alone.
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }

        // When this fails nobody knows whether it is written, so it is not tried again, and the fault is told to all.
        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        for (var i = 0; i < replaced.Length; i++) group[i].Complete(replaced[i]);
        return true;
    }

    private async ValueTask AloneAsync(GroupedWrite write)
    {
        // As above: the outcome of the one call that it belongs to.
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
