using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TwoFactor.Testing.PostgreSql;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>A database of the shared PostgreSQL server, dropped afterwards.</summary>
internal sealed class TemporaryPostgreSql : TestDatabase
{
    private static readonly SemaphoreSlim MakingTemplate = new(1, 1);
    private static string? _template;
    private readonly PostgreSqlCluster _cluster;

    private TemporaryPostgreSql(PostgreSqlCluster cluster, string connectionString, string keywords)
    {
        _cluster = cluster;
        ConnectionString = new NpgsqlConnectionStringBuilder($"{connectionString};{keywords}").ConnectionString;
    }

    public override string ConnectionString { get; }

    private string Name => new NpgsqlConnectionStringBuilder(ConnectionString).Database!;

    public static async Task<TemporaryPostgreSql> EmptyAsync(string keywords = "")
    {
        var cluster = await SharedPostgreSql.GetAsync();
        return new TemporaryPostgreSql(cluster, await cluster.CreateDatabaseAsync(), keywords);
    }

    public static async Task<TemporaryPostgreSql> WithSchemaAsync(string keywords = "")
    {
        var cluster = await SharedPostgreSql.GetAsync();
        return new TemporaryPostgreSql(cluster, await cluster.CreateDatabaseAsync(await TemplateAsync(cluster)), keywords);
    }

    public override void Use(DbContextOptionsBuilder options) => options.UseNpgsql(ConnectionString);

    public override DbConnection Connect() => Open();

    public override object? Execute(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection($"{ConnectionString};Pooling=False");
        connection.Open();
        return connection;
    }

    public override async Task RestartAsync()
    {
        await _cluster.RestartAsync();
        NpgsqlConnection.ClearAllPools();
    }

    public override async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _cluster.ExecuteAsync($"""DROP DATABASE "{Name}" WITH (FORCE)""");
    }

    // The tables are made once and copied, which is faster.
    private static async Task<string> TemplateAsync(PostgreSqlCluster cluster)
    {
        await MakingTemplate.WaitAsync();
        try
        {
            if (_template is not null) return _template;
            var database = new TemporaryPostgreSql(cluster, await cluster.CreateDatabaseAsync(), "Pooling=False");
            await using var context = database.CreateContext();
            await context.Database.EnsureTwoFactorSchemaAsync();
            return _template = database.Name;
        }
        finally
        {
            MakingTemplate.Release();
        }
    }
}
