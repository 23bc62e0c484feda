using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.EntityFrameworkCore.Databases;
using TwoFactor.EntityFrameworkCore.Tables;
using TwoFactor.Storage;

namespace TwoFactor.EntityFrameworkCore;

// Readings over all accounts, for simulations and the rotation of keys.
public sealed partial class EntityFrameworkAccountStore : IAccountFeed, IAccountBatchReader
{
    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<UserId>> ReadIdsAsync(UserId? after, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var binding = Binding;
        var (database, statements) = binding;
        using var turn = await database.EnterReadAsync(cancellationToken).ConfigureAwait(false);
        await using var connection = await binding.ConnectAsync(cancellationToken).ConfigureAwait(false);
        using var command = connection.CreateCommand(statements.SelectIds, ("@after", after?.Value ?? ""), ("@count", count));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var ids = ImmutableArray.CreateBuilder<UserId>();
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false)) ids.Add(IdOf(rows.GetString(0)));
        return ids.ToImmutable();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A row is damaged, or holds the account of another user.</exception>
    public async ValueTask<ImmutableArray<Account>> LoadManyAsync(ImmutableArray<UserId> users, CancellationToken cancellationToken)
    {
        if (users.IsDefaultOrEmpty) return [];
        var binding = Binding;
        var (database, statements) = binding;
        using var turn = await database.EnterReadAsync(cancellationToken).ConfigureAwait(false);
        await using var connection = await binding.ConnectAsync(cancellationToken).ConfigureAwait(false);
        using var command = connection.CreateCommand(statements.SelectMany);
        foreach (var name in StoreStatements.ManyParameters) command.Add(name, null);
        var accounts = ImmutableArray.CreateBuilder<Account>(users.Length);
        foreach (var some in users.Chunk(StoreStatements.ManyParameters.Length))
        {
            // What is left over is null, which is nobody.
            for (var i = 0; i < command.Parameters.Count; i++) command.Parameters[i].Value = i < some.Length ? some[i].Value : DBNull.Value;
            await using var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var account = AccountSerializer.Deserialize(rows.GetFieldValue<byte[]>(1));
                if (account.UserId.Value != rows.GetString(0)) throw new InvalidDataException($"The row stored for '{rows.GetString(0)}' holds the account of another user.");
                accounts.Add(account);
            }
        }

        return accounts.ToImmutable();
    }

    private static UserId IdOf(string stored)
    {
        try
        {
            return new UserId(stored);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException("A stored account has a key that no user can have.", e);
        }
    }
}
