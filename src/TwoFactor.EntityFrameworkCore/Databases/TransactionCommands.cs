using System.Data.Common;

namespace TwoFactor.EntityFrameworkCore.Databases;

/// <summary>The commands of one transaction, each made, and prepared by the database, once for all its uses.</summary>
internal sealed class TransactionCommands(DbTransaction transaction) : IDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);

    /// <summary>A command with values for the parameters that its text names; other values are left out.</summary>
    public DbCommand With(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!_commands.TryGetValue(sql, out var command)) _commands.Add(sql, command = Create(sql, values));
        foreach (DbParameter parameter in command.Parameters) parameter.Value = Find(values, parameter.ParameterName) ?? DBNull.Value;
        return command;
    }

    /// <summary>The same, with values in the order of the names.</summary>
    public DbCommand With(string sql, ReadOnlySpan<string> names, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            _commands.Add(sql, command = transaction.CreateCommand(sql));
            foreach (var name in names) command.Add(name, null);
        }

        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values) command.Dispose();
    }

    private DbCommand Create(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = transaction.CreateCommand(sql);
        foreach (var (name, _) in values)
        {
            if (sql.Contains(name, StringComparison.Ordinal)) command.Add(name, null);
        }

        return command;
    }

    private static object? Find(ReadOnlySpan<(string Name, object? Value)> values, string name)
    {
        foreach (var (candidate, value) in values)
        {
            if (candidate == name) return value;
        }

        return null;
    }
}
