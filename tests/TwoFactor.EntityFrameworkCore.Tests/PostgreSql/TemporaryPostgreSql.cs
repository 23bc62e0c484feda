using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TwoFactor.Testing.PostgreSql;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>
/// A database of the shared PostgreSQL server, a test's own. One with the tables is wiped for a later test, since making and dropping another takes half a
/// second; one without is dropped.
/// </summary>
internal sealed class TemporaryPostgreSql : TestDatabase
{
    // So many tests later whatever a test has left under way has ended.
    private const int Rest = 4;

    private static readonly SemaphoreSlim MakingTemplate = new(1, 1);
    private static readonly ConcurrentQueue<string> Used = new();
    private static (string Name, PostgreSqlWiping Wiping)? _template;
    private readonly PostgreSqlCluster _cluster;
    private readonly bool _isOfTemplate;

    private TemporaryPostgreSql(PostgreSqlCluster cluster, string connectionString, string keywords, bool isOfTemplate = false)
    {
        (_cluster, _isOfTemplate) = (cluster, isOfTemplate);
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
        var (template, wiping) = await TemplateAsync(cluster);
        while (Used.Count >= Rest && Used.TryDequeue(out var used))
        {
            var connectionString = cluster.ConnectionString(used);
            if (await wiping.TryAsync(connectionString)) return new TemporaryPostgreSql(cluster, connectionString, keywords, isOfTemplate: true);
            await DropAsync(cluster, used);
        }

        return new TemporaryPostgreSql(cluster, await cluster.CreateDatabaseAsync(template), keywords, isOfTemplate: true);
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
        if (_isOfTemplate) Used.Enqueue(Name);
        else await DropAsync(_cluster, Name);
    }

    private static async Task DropAsync(PostgreSqlCluster cluster, string name)
    {
        NpgsqlConnection.ClearAllPools();
        await cluster.ExecuteAsync($"""DROP DATABASE "{name}" WITH (FORCE)""");
    }

    // The tables are made once and copied, which is faster.
    private static async Task<(string Name, PostgreSqlWiping Wiping)> TemplateAsync(PostgreSqlCluster cluster)
    {
        await MakingTemplate.WaitAsync();
        try
        {
            if (_template is { } made) return made;
            var database = new TemporaryPostgreSql(cluster, await cluster.CreateDatabaseAsync(), "Pooling=False");
            await using var context = database.CreateContext();
            await context.Database.EnsureTwoFactorSchemaAsync();
            var template = (database.Name, await PostgreSqlWiping.OfAsync(database.ConnectionString));
            _template = template;
            return template;
        }
        finally
        {
            MakingTemplate.Release();
        }
    }
}
