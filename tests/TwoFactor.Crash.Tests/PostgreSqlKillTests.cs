namespace TwoFactor.Crash.Tests;

public sealed class PostgreSqlKillTests : KillTests
{
    protected override Engine Engine => Engine.PostgreSql;

    // A save is one statement, which is its own transaction.
    protected override IReadOnlyList<(string Step, bool During)> Points { get; } =
        [("CONNECT", false), ("SELECT", false), ("WITH", false), ("WITH", true), ("WRITTEN", false)];
}
