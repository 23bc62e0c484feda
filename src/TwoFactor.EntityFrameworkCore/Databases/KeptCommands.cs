using System.Collections.Concurrent;
using System.Data.Common;
using TwoFactor.EntityFrameworkCore.Tables;

namespace TwoFactor.EntityFrameworkCore.Databases;

/// <summary>
/// The commands of one statement with their parameters, kept because the provider works out afresh, for each that is made, how its
/// parameters are sent. A command has one user at a time and goes from connection to connection. Safe for concurrent use.
/// </summary>
internal sealed class KeptCommands(PositionalStatement statement)
{
    // As many as there are users at once; more of them are made and thrown away.
    private const int Most = 64;

    // A queue, because counting the elements of a bag locks all of it.
    private readonly ConcurrentQueue<DbCommand> _idle = [];
    private readonly int[] _columns = [.. statement.Names.Select(EventStatements.ColumnOf)];

    /// <summary>A command for a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="values">Parameters by name.</param>
    /// <param name="e">The values of an audit event, in the order of their columns, where the statement has them.</param>
    public DbCommand Take(DbConnection connection, ReadOnlySpan<(string Name, object? Value)> values, object?[]? e = null)
    {
        var command = Take(connection);
        for (var i = 0; i < _columns.Length; i++) command.Parameters[i].Value = (_columns[i] < 0 ? Find(values, statement.Names[i]) : e![_columns[i]]) ?? DBNull.Value;
        return command;
    }

    /// <summary>Takes back a command whose execution succeeded. One that failed is left to the garbage collector, whatever state it is in.</summary>
    public void Keep(DbCommand command)
    {
        // Neither a connection nor anybody's data stays with it.
        command.Connection = null;
        for (var i = 0; i < _columns.Length; i++) command.Parameters[i].Value = DBNull.Value;
        if (_idle.Count < Most) _idle.Enqueue(command);
    }

    private DbCommand Take(DbConnection connection)
    {
        if (_idle.TryDequeue(out var command))
        {
            command.Connection = connection;
            return command;
        }

        command = connection.CreateCommand(statement.Text);
        foreach (var column in _columns) command.Add("", null, column < 0 ? null : EventStatements.Types[column]);
        return command;
    }

    private static object? Find(ReadOnlySpan<(string Name, object? Value)> values, string name)
    {
        foreach (var (candidate, value) in values)
        {
            if (candidate == name) return value;
        }

        throw new ArgumentException($"The statement's parameter {name} has no value.", nameof(values));
    }
}
