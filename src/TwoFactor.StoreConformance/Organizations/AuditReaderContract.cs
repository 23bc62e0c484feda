using System.Collections.Immutable;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Enforcement;
using TwoFactor.StoreConformance.Storage;

namespace TwoFactor.StoreConformance.Organizations;

/// <summary>
/// What every reader of audit events must do: answer as the in-memory one. It uses all of the harness but
/// <see cref="OrganizationHarness.Users"/> and <see cref="OrganizationHarness.Feed"/>.
/// </summary>
public abstract class AuditReaderContract : OrganizationFixture
{
    private static readonly string[] Users = ["alice", "Alice", "b", "\uFF42", "😀", "100%"];

    [Test]
    [Feature("X10")]
    public async Task It_answers_every_query_as_the_model_does([Values(1, 2, 3)] int seed)
    {
        var random = new SeededRandom(seed);
        await using var model = new InMemoryOrganizationHarness();
        await FillAsync([Harness, model], random);

        for (var i = 0; i < 120; i++)
        {
            AuditQuery? query = new AuditQuery
            {
                Subject = random.Chance(3) ? new UserId(random.Of<string>([.. Users, "nobody"])) : null,
                Organization = random.Chance(2) ? random.Of(Acme, Globex, new OrganizationId("none")) : null,
                From = random.Chance(3) ? Moment(random) : null,
                Until = random.Chance(3) ? Moment(random) : null,
                Names = random.Chance(2) ? [] : [.. random.Some("one", "two", "One", "one", "%", "'")],
                PageSize = random.Of(1, 2, 5, 500),
                After = random.Chance(5) ? new AuditCursor(Moment(random), random.Chance(4) ? default : AuditChainId.Of(new UserId(random.Of<string>(Users))), random.Below(9)) : null,
            };
            while (query is not null)
            {
                var (actual, expected) = (await Harness.Audit.QueryAsync(query, default), await model.Audit.QueryAsync(query, default));
                Assert.That(Difference.Between(actual, expected), Is.Null, $"seed {seed}, query {i}: {query} {string.Join(",", query.Names)}");
                query = expected.Next is null ? null : query with { After = AuditCursor.TryParse(expected.Next.ToString()) };
            }
        }
    }

    [Test]
    public async Task Pages_show_every_event_once_while_events_are_added([Values(1, 3)] int pageSize)
    {
        var before = new List<AuditEvent>();
        for (var i = 0; i < 20; i++) before.Add(await Harness.Accounts.WriteEventAsync(new UserId($"user-{i % 4}"), "one", Start.AddMilliseconds(i / 3)));
        var shown = new List<AuditEvent>();
        var query = new AuditQuery { PageSize = pageSize };
        while (true)
        {
            var page = await Harness.Audit.QueryAsync(query, default);
            shown.AddRange(page.Events);
            if (page.Next is null) break;
            query = query with { After = page.Next };
            await Harness.Accounts.WriteEventAsync(Alice, "two", Start.AddSeconds(shown.Count));
        }

        Assert.That(shown.Select(AuditCursor.Of), Is.EquivalentTo(before.Select(AuditCursor.Of)));
        Assert.That(shown.Select(e => e.OccurredAt), Is.Ordered.Descending);
    }

    [Test]
    [Feature("X10")]
    public async Task Events_of_an_organisation_are_its_own_and_those_of_whoever_belongs_to_it_now_but_not_another_ones()
    {
        await Harness.JoinAsync(Acme, Alice, Start);
        await Harness.JoinAsync(Globex, Bob, Start);
        await Harness.Accounts.WriteEventAsync(Alice, "of a member", Start);
        await Harness.Accounts.WriteEventAsync(Bob, "of a stranger", Start);
        await Harness.Accounts.WriteEventAsync(Bob, "of a stranger, in acme", Start, Acme);
        await Harness.Accounts.WriteEventAsync(new UserId("admin"), "denied", Start, Globex, about: Alice);
        Assert.That(await NamesAsync(Acme), Is.EquivalentTo(new[] { "of a member", "of a stranger, in acme" }));

        await Harness.LeaveAsync(Acme, Alice);
        Assert.That(await NamesAsync(Acme), Is.EqualTo(new[] { "of a stranger, in acme" }));
        await Harness.JoinAsync(Acme, Alice, Start);
        Assert.That(await NamesAsync(Acme), Has.Count.EqualTo(2));
    }

    [Test]
    [Feature("X10")]
    public async Task A_chain_is_read_whole_and_in_its_order()
    {
        var (account, events) = Sample.WithEvents(Account.NewFor(Alice), [.. Enumerable.Range(0, 1203).Select(i => $"event {i}")]);
        Assert.That(await Harness.Accounts.TrySaveAsync(account, 0, events), Is.True);
        await Harness.Accounts.WriteEventAsync(Bob, "other", Start);
        var read = new List<AuditEvent>();
        await foreach (var e in Harness.Audit.ReadChainAsync(AuditChainId.Of(Alice), default)) read.Add(e);
        Assert.That(Difference.Between(read.ToImmutableArray(), events), Is.Null);
        Assert.That(AuditChain.FindBreak(read, account.AuditHead), Is.Null);
        await foreach (var e in Harness.Audit.ReadChainAsync(AuditChainId.Of(Acme), default)) Assert.Fail($"There is {e}.");
    }

    private async Task<List<string>> NamesAsync(OrganizationId organization) =>
        [.. (await Harness.Audit.QueryAsync(new AuditQuery { Organization = organization }, default)).Events.Select(e => e.Name)];

    private static async Task FillAsync(OrganizationHarness[] both, SeededRandom random)
    {
        foreach (var user in Users.Select(user => new UserId(user)))
        {
            var (acme, globex, left) = (random.Chance(2), random.Chance(2), random.Chance(3));
            foreach (var harness in both)
            {
                if (acme) await harness.JoinAsync(Acme, user, Start);
                if (globex) await harness.JoinAsync(Globex, user, Start);
                if (left) await harness.LeaveAsync(Acme, user);
            }
        }

        var organization = new Organization { Id = Acme };
        for (var i = 0; i < 60; i++)
        {
            var (at, name) = (Start.AddMilliseconds(random.Below(6)), random.Of("one", "two", "One", "%"));
            var (user, stamp) = (new UserId(random.Of<string>(Users)), random.Of<OrganizationId?>(null, Acme, Globex));
            if (random.Chance(6))
            {
                var e = Events.Next(AuditChainId.Of(Acme), organization.AuditHead, name, at, null, Acme);
                organization = organization with { AuditHead = new AuditChainHead(e.Sequence, e.Hash) };
                foreach (var harness in both)
                {
                    var version = (await harness.Organizations.LoadAsync(Acme, default)).Version;
                    Assert.That(await harness.Organizations.TrySaveAsync(organization, version, [e], default), Is.True);
                }
            }
            else
            {
                foreach (var harness in both) await harness.Accounts.WriteEventAsync(user, name, at, stamp);
            }
        }
    }

    // Between the milliseconds, too.
    private static DateTimeOffset Moment(SeededRandom random) => Start.AddMilliseconds(random.Below(8) - 1).AddTicks(random.Of(0, 0, 1, -1, 5000));
}
