namespace TwoFactor.Testing.PostgreSql;

/// <summary>
/// The one server of a test run, started by the first test that asks for it. A test project that uses it has a <c>SetUpFixture</c> without
/// a namespace whose <c>OneTimeTearDown</c> calls <see cref="StopAsync"/>.
/// </summary>
public static class SharedPostgreSql
{
    private static readonly Lock Starting = new();
    private static Task<PostgreSqlCluster>? _cluster;

    /// <summary>The server. Where it is not installed, the running test is skipped, or with <c>CI=true</c> fails.</summary>
    public static Task<PostgreSqlCluster> GetAsync()
    {
        PostgreSqlCluster.Require();
        lock (Starting) return _cluster ??= PostgreSqlCluster.StartAsync();
    }

    /// <summary>Stops it, if it was started, and deletes its data.</summary>
    public static async Task StopAsync()
    {
        Task<PostgreSqlCluster>? started;
        lock (Starting) (started, _cluster) = (_cluster, null);
        if (started is { IsCompletedSuccessfully: true }) await (await started).DisposeAsync();
    }
}
