using System.Data;
using System.Data.Common;

namespace TwoFactor.EntityFrameworkCore.Databases;

/// <summary>A command in one expression.</summary>
internal static class DbCommandExtensions
{
    public static DbCommand CreateCommand(this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) command.Add(name, value);
        return command;
    }

    public static DbCommand CreateCommand(this DbTransaction transaction, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = transaction.Connection!.CreateCommand(sql, parameters);
        command.Transaction = transaction;
        return command;
    }

    /// <param name="command">The command.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="value">Its value.</param>
    /// <param name="type">The type that null has, too; null for the value's own.</param>
    public static void Add(this DbCommand command, string name, object? value, DbType? type = null) =>
        command.Parameters.Add(With(command.CreateParameter(), name, value, type));

    /// <summary>A command for a batch, to which it is not added.</summary>
    public static DbBatchCommand CreateBatchCommand(this DbBatch batch, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = batch.CreateBatchCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) command.Add(name, value);
        return command;
    }

    /// <inheritdoc cref="Add(DbCommand, string, object?, DbType?)"/>
    public static void Add(this DbBatchCommand command, string name, object? value, DbType? type = null) =>
        command.Parameters.Add(With(command.CreateParameter(), name, value, type));

    private static DbParameter With(DbParameter parameter, string name, object? value, DbType? type)
    {
        parameter.ParameterName = name;
        if (type is { } known) parameter.DbType = known;
        parameter.Value = value ?? DBNull.Value;
        return parameter;
    }
}
