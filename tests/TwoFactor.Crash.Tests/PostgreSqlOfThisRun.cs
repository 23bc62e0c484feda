using NUnit.Framework;
using TwoFactor.Testing.PostgreSql;

// Without a namespace, so that it is of all tests of this project.
#pragma warning disable CA1050
[SetUpFixture]
public sealed class PostgreSqlOfThisRun
#pragma warning restore CA1050
{
    [OneTimeTearDown]
    public Task StopAsync() => SharedPostgreSql.StopAsync();
}
