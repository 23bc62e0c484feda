using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Example.Files;
using NUnit.Framework;
using TwoFactor.Auditing;

namespace TwoFactor.StoreConformance.Tests.Crash;

/// <summary>The store of the document for authors, whose process is killed at any moment of its writes.</summary>
[Category(Soak.Category)]
[Feature("X1")]
public sealed class KilledWriterTests
{
    // A file of so many events is begun anew, so that each kill meets a write of ordinary size.
    private const int KillsPerFolder = 10;

    private static int Kills => Soak.IsOn ? 5 * Soak.Repetitions : 30;

    [Test]
    public async Task Nothing_acknowledged_is_lost_and_state_and_events_stay_one()
    {
        var survived = 0;
        while (survived < Kills)
        {
            var folder = Directory.CreateTempSubdirectory("killed-writer-");
            try
            {
                var last = 0L;
                for (var i = 0; i < KillsPerFolder; i++)
                {
                    last = await ExpectWholeAsync(folder.FullName, Math.Max(last, KillAfter(folder.FullName, RandomNumberGenerator.GetInt32(1, 12))));
                    survived++;
                }
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }

        TestContext.Out.WriteLine($"kills survived: {survived}");
    }

    /// <summary>Kills a writer after it has acknowledged a number of saves, and tells the highest number that it acknowledged.</summary>
    private static long KillAfter(string folder, int saves)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Victim).Assembly.Location, "write", folder]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var error = process.StandardError.ReadToEndAsync();
        var last = 0L;
        for (var i = 0; i < saves; i++) last = Math.Max(last, Number(process.StandardOutput.ReadLine()) ?? throw new InvalidOperationException($"The writer ended by itself: {error.Result}"));
        process.Kill();
        // What it printed before it died was acknowledged as well; its last line may be cut off.
        while (process.StandardOutput.ReadLine() is { } line) last = Math.Max(last, Number(line) ?? 0);
        process.WaitForExit();
        return last;
    }

    private static async Task<long> ExpectWholeAsync(string folder, long acknowledged)
    {
        var store = new FilePerUserStore(folder);
        var (account, version) = await store.LoadAsync(Victim.User, CancellationToken.None);
        var events = await store.EventsOfAsync(Victim.User);
        Assert.That(account?.Epoch, Is.GreaterThanOrEqualTo(acknowledged), "An acknowledged save is lost.");
        Assert.That(account!.Epoch, Is.LessThanOrEqualTo(acknowledged + 2), "Each of the two writers may have had one save under way.");
        Assert.That(events, Has.Length.EqualTo(account.Epoch), "State and events belong together.");
        Assert.That(AuditChain.FindBreak(events, account.AuditHead), Is.Null);

        // And it goes on, whatever the dead process left lying.
        var (next, more) = Counting.Next(account, account.Epoch + 1);
        Assert.That(await store.TrySaveAsync(next, version, more, CancellationToken.None), Is.True);
        return next.Epoch;
    }

    private static long? Number(string? line) => long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
