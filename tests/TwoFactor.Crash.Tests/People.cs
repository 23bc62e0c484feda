using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.BackupCodes;
using TwoFactor.Crash.Tests.Checking;
using TwoFactor.Crash.Tests.Databases;
using TwoFactor.Crash.Tests.Processes;
using TwoFactor.Crash.Tests.Recording;

namespace TwoFactor.Crash.Tests;

/// <summary>Some people who use the workers on one database, and what was found out about them.</summary>
internal sealed class People(CrashDatabase database, int count)
{
    private readonly HashSet<(string Person, DateTimeOffset Set)> _papersRead = [];

    public IReadOnlyList<Person> All { get; } = [.. Enumerable.Range(1, count).Select(i => new Person($"user-{i}"))];

    public Tally Tally => new(All.Sum(person => (long)person.Attempts.Count), All.Sum(person => (long)person.Attempts.Count(attempt => attempt.Answer is not null)), Histories);

    private int Histories { get; set; }

    /// <summary>Lets each of them use a node, all at once, until it answers no more.</summary>
    public Task LiveAsync(INode node) => Task.WhenAll(All.Select(person => new Life(person, node).LiveAsync()));

    /// <summary>Opens the database as whoever comes next, and compares. From then on the people have what it says they have.</summary>
    /// <returns>What is wrong.</returns>
    public async Task<IReadOnlyList<string>> CheckAsync()
    {
        var store = database.Open();
        var wrong = new List<string>(await database.DamageAsync());
        foreach (var person in All)
        {
            var (found, _) = await store.LoadAsync(new UserId(person.Name), CancellationToken.None);
            var events = await store.EventsOfAsync(new UserId(person.Name));
            wrong.AddRange(CrashChecker.Check(new History(person.Attempts, person.Before, found, events)).Select(problem => $"{person.Name}: {problem}"));
            person.Resume(found);
            Histories++;
        }

        database.Close();
        if (All.FirstOrDefault(IsUnread) is { } reader) await ReadPaperAsync(reader);
        return wrong;
    }

    private bool IsUnread(Person person) => !person.Paper.IsEmpty && !_papersRead.Contains((person.Name, person.Before!.BackupCodes!.GeneratedAt));

    // Ten hashes: one paper a check, each once.
    private async Task ReadPaperAsync(Person person)
    {
        var codes = person.Before!.BackupCodes!;
        _papersRead.Add((person.Name, codes.GeneratedAt));
        using var hasher = new BackupCodeHasher(new BackupCodeSettings(), null, TimeProvider.System);
        foreach (var text in person.Paper)
        {
            var canonical = new char[BackupCodeFormat.SymbolCount];
            Assert.That(BackupCodeFormat.TryParse(text, canonical, out var slot, out _), Is.True);
            if (codes.HashAt(slot) is not { } hash) continue;
            Assert.That((await hasher.VerifyAsync(hash, canonical, CancellationToken.None)).Outcome, Is.EqualTo(BackupCodeOutcome.Match), $"{person.Name}: an acknowledged backup code is not the stored one.");
        }
    }
}
