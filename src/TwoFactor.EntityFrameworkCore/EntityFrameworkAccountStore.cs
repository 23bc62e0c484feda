using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.EntityFrameworkCore.Databases;
using TwoFactor.EntityFrameworkCore.Tables;
using TwoFactor.Status;
using TwoFactor.Storage;

namespace TwoFactor.EntityFrameworkCore;

/// <summary>
/// Keeps accounts in the database of an Entity Framework Core context, on connections of its own: it sees no entity that the host has
/// loaded and joins no transaction that the host has begun. Safe for concurrent use; one instance serves a whole application.
/// </summary>
public sealed partial class EntityFrameworkAccountStore : IAccountStore, IAccountRemoval, IRecentAccounts
{
    private readonly Lock _lock = new();
    private readonly Func<StoreBinding> _bind;
    private readonly TimeProvider _time;
    private readonly SavedAccounts _saved = new();
    private StoreBinding? _binding;

    /// <summary>A store over a context outside dependency injection; inside, use <c>AddEntityFrameworkStore</c>.</summary>
    /// <param name="createContext">
    /// Makes a context with the two-factor tables. It is called once, at first use, and the context is disposed of: the store keeps
    /// its connection string and table names.
    /// </param>
    /// <param name="time">Where the time of a write comes from.</param>
    public EntityFrameworkAccountStore(Func<DbContext> createContext, TimeProvider time)
        : this(() => BindTo(createContext), time) => ArgumentNullException.ThrowIfNull(createContext);

    internal EntityFrameworkAccountStore(Func<StoreBinding> bind, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        (_bind, _time) = (bind, time);
    }

    /// <summary>Where the data is; known from the first use on.</summary>
    internal StoreBinding Binding
    {
        get
        {
            lock (_lock) return _binding ??= _bind();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<StoredAccount> LoadAsync(UserId userId, CancellationToken cancellationToken)
    {
        ThrowIfDefault(userId, nameof(userId));
        var binding = Binding;
        var (database, statements) = binding;
        using var turn = await database.EnterReadAsync(cancellationToken).ConfigureAwait(false);
        await using var connection = await binding.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var row = await database.ReadAsync(connection, statements.Select, userId.Value, cancellationToken).ConfigureAwait(false);
        if (row.Data is null) return default;
        var account = AccountSerializer.Deserialize(row.Data);
        // Another user's row under this key: copied by hand, or a column that does not compare by ordinal.
        if (account.UserId != userId) throw new InvalidDataException($"The row stored for '{userId}' holds the account of another user.");
        return new StoredAccount(account, row.Version);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TrySaveAsync(
        Account account, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion);
        ThrowIfDefault(account.UserId, nameof(account));
        if (events.IsDefault || events.Any(e => e.Chain != AuditChainId.Of(account.UserId)))
            throw new ArgumentException("The events are those of the account's chain; an empty array when there are none.", nameof(events));

        // Whatever needs no database is done before the turn, for which others wait.
        var binding = Binding;
        var statements = binding.Statements;
        var version = StoreWrites.VersionAfter(expectedVersion);
        var values = Values(account, expectedVersion, version);
        var rows = StoreWrites.Rows(events);
        var write = new ConditionalWrite(account.UserId.Value, expectedVersion == 0 ? statements.Insert : statements.Update, values, rows);
        if (!await binding.TryWriteAsync(write, cancellationToken).ConfigureAwait(false)) return false;
        _saved.Remember(account, version);
        return true;
    }

    /// <inheritdoc/>
    public ValueTask<StoredAccount> RecallAsync(UserId userId, CancellationToken cancellationToken)
    {
        ThrowIfDefault(userId, nameof(userId));
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_saved.Recall(userId));
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TryRemoveAsync(Account marker, long expectedVersion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(marker);
        ArgumentOutOfRangeException.ThrowIfLessThan(expectedVersion, 1);
        ThrowIfDefault(marker.UserId, nameof(marker));
        var (database, statements) = Binding;
        var values = Values(marker, expectedVersion, StoreWrites.VersionAfter(expectedVersion));
        using var turn = await database.EnterWriteAsync(cancellationToken).ConfigureAwait(false);
        await using var connection = await database.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await database.BeginAsync(connection, cancellationToken).ConfigureAwait(false);
        using var replace = transaction.CreateCommand(statements.Update.Replace, values);
        if (await replace.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) != 1) return false;
        using var remove = transaction.CreateCommand(statements.DeleteEvents, ("@chain", AuditChainId.Of(marker.UserId).ToString()));
        await remove.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        return true;
    }

    /// <summary>The audit events of a user's chain, oldest first: for export and for <see cref="AuditChain.FindBreak"/>.</summary>
    /// <exception cref="InvalidDataException">A row is damaged in a way that no event can show.</exception>
    public async ValueTask<ImmutableArray<AuditEvent>> EventsOfAsync(UserId userId, CancellationToken cancellationToken = default)
    {
        ThrowIfDefault(userId, nameof(userId));
        var binding = Binding;
        var (database, statements) = binding;
        using var turn = await database.EnterReadAsync(cancellationToken).ConfigureAwait(false);
        await using var connection = await binding.ConnectAsync(cancellationToken).ConfigureAwait(false);
        using var command = connection.CreateCommand(statements.SelectEvents, ("@chain", AuditChainId.Of(userId).ToString()));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var events = ImmutableArray.CreateBuilder<AuditEvent>();
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false)) events.Add(AuditEventColumns.Read(rows));
        return events.ToImmutable();
    }

    /// <summary>The parameters of <see cref="StoreStatements.Insert"/>, or with a version to expect of <see cref="StoreStatements.Update"/>.</summary>
    private (string Name, object? Value)[] Values(Account account, long expectedVersion, long version)
    {
        var keys = UserListKeys.Of(account);
        return
        [
            ("@user", account.UserId.Value), ("@data", AccountSerializer.Serialize(account)), ("@at", _time.GetUtcNow().ToUnixTimeMilliseconds()),
            ("@enrolled", keys.Enrolled), ("@locked", keys.LockedUntil), ("@pending", keys.PendingUntil), ("@previous", keys.PreviousSignIn),
            ("@next", version), ("@expected", expectedVersion),
        ];
    }

    private static StoreBinding BindTo(Func<DbContext> createContext)
    {
        using var context = createContext();
        return StoreBinding.To(context);
    }

    private static void ThrowIfDefault(UserId userId, string parameterName)
    {
        if (userId.IsDefault) throw new ArgumentException("The user id is default and names nobody; make it with new UserId(key).", parameterName);
    }
}
