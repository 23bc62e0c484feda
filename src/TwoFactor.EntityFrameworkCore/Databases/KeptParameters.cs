using System.Collections.Concurrent;
using System.Data.Common;
using TwoFactor.EntityFrameworkCore.Tables;

namespace TwoFactor.EntityFrameworkCore.Databases;

/// <summary>
/// The parameters of one statement, kept because the provider works out afresh, for each that is made, how it is sent. They have one user at
/// a time and go from command to command. Safe for concurrent use.
/// </summary>
internal sealed class KeptParameters(PositionalStatement statement)
{
    // As many as there are users at once; more of them are made and thrown away.
    private const int Most = 256;

    // A queue, because counting the elements of a bag locks all of it.
    private readonly ConcurrentQueue<DbParameter[]> _idle = [];
    private readonly int[] _columns = [.. statement.Names.Select(EventStatements.ColumnOf)];

    /// <summary>Gives a command its parameters.</summary>
    /// <param name="command">The parameters of a command that has none.</param>
    /// <param name="create">Makes a parameter for it.</param>
    /// <param name="values">Parameters by name.</param>
    /// <param name="e">The values of an audit event, in the order of their columns, where the statement has them.</param>
    public void Lend(DbParameterCollection command, Func<DbParameter> create, ReadOnlySpan<(string Name, object? Value)> values, object?[]? e = null)
    {
        if (!_idle.TryDequeue(out var parameters)) parameters = Create(create);
        for (var i = 0; i < parameters.Length; i++)
            parameters[i].Value = (_columns[i] < 0 ? Find(values, statement.Names[i]) : e![_columns[i]]) ?? DBNull.Value;
        command.AddRange(parameters);
    }

    /// <summary>
    /// Takes parameters back from a command whose execution succeeded. Those of one that failed are left to the garbage collector, whatever
    /// state they are in.
    /// </summary>
    public void Keep(DbParameterCollection command)
    {
        var parameters = new DbParameter[command.Count];
        command.CopyTo(parameters, 0);
        command.Clear();
        // Nobody's data stays with them.
        foreach (var parameter in parameters) parameter.Value = DBNull.Value;
        if (_idle.Count < Most) _idle.Enqueue(parameters);
    }

    private DbParameter[] Create(Func<DbParameter> create) => Array.ConvertAll(_columns, column =>
    {
        var parameter = create();
        // So that a null has the type of its column.
        if (column >= 0) parameter.DbType = EventStatements.Types[column];
        return parameter;
    });

    private static object? Find(ReadOnlySpan<(string Name, object? Value)> values, string name)
    {
        foreach (var (candidate, value) in values)
        {
            if (candidate == name) return value;
        }

        throw new ArgumentException($"The statement's parameter {name} has no value.", nameof(values));
    }
}
