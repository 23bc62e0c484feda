namespace TwoFactor.Crash.Tests;

public sealed class SqliteKillTests : KillTests
{
    protected override Engine Engine => Engine.Sqlite;

    protected override IReadOnlyList<(string Step, bool During)> Points { get; } =
    [
        ("CONNECT", false), ("SELECT", false), ("BEGIN", false), ("UPDATE", false), ("INSERT", false), ("COMMIT", false), ("COMMIT", true), ("COMMITTED", false),
    ];
}
