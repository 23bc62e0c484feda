using System.Security.Cryptography;
using TwoFactor.Crash.Tests.Databases;
using TwoFactor.Crash.Tests.Processes;

namespace TwoFactor.Crash.Tests;

/// <summary>
/// One worker after another on one database, each killed while people use it. The next one starts while the one before it still works, because a start
/// takes longer than a life.
/// </summary>
/// <param name="warmUp">A database for the next worker to get ready on.</param>
/// <param name="database">The database that they are killed over.</param>
internal sealed class KillRun(CrashDatabase warmUp, CrashDatabase database) : IAsyncDisposable
{
    private const int Users = 8;
    private const int MostAnswers = 60;

    private Node _next = Node.Start(warmUp.SetUp());

    public People People { get; } = new(database, Users);

    /// <summary>Lets people use a worker until it dies: at a point, or at a random moment when there is none.</summary>
    /// <returns>What the check finds wrong then.</returns>
    public async Task<IReadOnlyList<string>> KillAsync(KillPoint? point = null, Defect defect = Defect.None)
    {
        await using var node = _next;
        _next = Node.Start(warmUp.SetUp());
        await node.OpenAsync(database.SetUp(point, defect));
        var moment = point is null ? node.AnswersAsync(RandomNumberGenerator.GetInt32(1, MostAnswers)) : node.Death;
        var lives = People.LiveAsync(node);
        await Task.WhenAny(moment, lives);
        // At a point it has killed itself; were everybody locked for good, it never would.
        node.Kill();
        await lives;
        await node.ExpectKilledAsync();
        await database.SettleAsync();
        return await People.CheckAsync();
    }

    public ValueTask DisposeAsync() => _next.DisposeAsync();
}
