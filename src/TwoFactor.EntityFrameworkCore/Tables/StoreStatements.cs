namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>The store's statements. They are standard enough for SQLite (3.24 and later) and PostgreSQL alike.</summary>
internal sealed class StoreStatements
{
    /// <summary>The parameters of <see cref="SelectMany"/>: always as many, so that it is one statement to the database.</summary>
    internal static readonly string[] ManyParameters = [.. Enumerable.Range(0, 256).Select(i => $"@u{i}")];

    public StoreStatements(StoreTables tables)
    {
        var (accounts, audit) = (tables.Accounts, tables.Audit);
        var (user, version) = (accounts[nameof(AccountRow.UserId)], accounts[nameof(AccountRow.Version)]);
        var (data, updated) = (accounts[nameof(AccountRow.Data)], accounts[nameof(AccountRow.UpdatedAt)]);
        string[] keys =
        [
            accounts[nameof(AccountRow.Enrolled)], accounts[nameof(AccountRow.LockedUntil)],
            accounts[nameof(AccountRow.PendingUntil)], accounts[nameof(AccountRow.PreviousSignIn)],
        ];
        Select = new PositionalStatement($"SELECT {version}, {data} FROM {accounts.Table} WHERE {user} = @key");
        var events = new EventStatements(audit);
        Insert = events.With($"INSERT INTO {accounts.Table} ({user}, {version}, {data}, {updated}, {string.Join(", ", keys)})"
            + $" VALUES (@user, @next, @data, @at, @enrolled, @locked, @pending, @previous) ON CONFLICT ({user}) DO NOTHING", CopyKeys(tables.Members));
        Update = events.With($"UPDATE {accounts.Table} SET {version} = @next, {data} = @data, {updated} = @at, {keys[0]} = @enrolled, {keys[1]} = @locked,"
            + $" {keys[2]} = @pending, {keys[3]} = @previous WHERE {user} = @user AND {version} = @expected", CopyKeys(tables.Members));
        SelectMany = $"SELECT {user}, {data} FROM {accounts.Table} WHERE {user} IN ({string.Join(", ", ManyParameters)})";
        SelectIds = $"SELECT {user} FROM {accounts.Table} WHERE {user} > @after ORDER BY {user} LIMIT @count";
        SelectEvents = $"SELECT {audit.List(EventStatements.Columns)} FROM {audit.Table} WHERE {audit[nameof(AuditEventRow.Chain)]} = @chain"
            + $" ORDER BY {audit[nameof(AuditEventRow.Sequence)]}";
        DeleteEvents = $"DELETE FROM {audit.Table} WHERE {audit[nameof(AuditEventRow.Chain)]} = @chain";
    }

    /// <summary>Version and data of one account, by <c>@key</c>.</summary>
    public PositionalStatement Select { get; }

    /// <summary>Id and data of many accounts, as many as there are <see cref="ManyParameters"/>.</summary>
    public string SelectMany { get; }

    /// <summary>Some ids after one, in their order.</summary>
    public string SelectIds { get; }

    /// <summary>A first write: no row affected when there is an account already.</summary>
    public ConditionalStatement Insert { get; }

    /// <summary>A later write: no row affected when the version has moved on.</summary>
    public ConditionalStatement Update { get; }

    /// <summary>All audit events of a chain, oldest first.</summary>
    public string SelectEvents { get; }

    /// <summary>Removes all audit events of a chain.</summary>
    public string DeleteEvents { get; }

    // What lists filter and sort by, to the user's memberships, where it differs.
    private static string CopyKeys(TableNames members)
    {
        (string Column, string Parameter)[] keys =
        [
            (members[nameof(MemberRow.Enrolled)], "@enrolled"), (members[nameof(MemberRow.LockedUntil)], "@locked"),
            (members[nameof(MemberRow.PendingUntil)], "@pending"), (members[nameof(MemberRow.PreviousSignIn)], "@previous"),
        ];
        return $"UPDATE {members.Table} SET {string.Join(", ", keys.Select(key => $"{key.Column} = {key.Parameter}"))}"
            + $" WHERE {members[nameof(MemberRow.UserId)]} = @user AND ({string.Join(" OR ", keys.Select(key => $"{key.Column} <> {key.Parameter}"))})";
    }
}
