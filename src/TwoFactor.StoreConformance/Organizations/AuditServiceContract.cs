using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Auditing;
using TwoFactor.Enforcement;

namespace TwoFactor.StoreConformance.Organizations;

/// <summary>Reading and verifying the trail over the stores as an administrator does. It uses all of the harness.</summary>
[Feature("X10")]
public abstract class AuditServiceContract : OrganizationFixture
{
    [Test]
    public async Task A_whole_chain_is_whole()
    {
        await WriteAsync(5);
        await using var scene = new AdministrationScene(Harness);
        Assert.That(await VerifyAsync(scene), Is.EqualTo(new AuditResult.Checked(5, null)));
        Assert.That(await scene.Audit.VerifyAsync(AdministrationScene.Administrator, Acme), Is.EqualTo(new AuditResult.Checked(0, null)));
    }

    [Test]
    public async Task The_verifier_finds_the_row_that_was_changed_removed_moved_added_or_made_unreadable()
    {
        await WriteAsync(5);
        (string What, Func<List<AuditEvent>, IEnumerable<AuditEvent>> Tamper, long BrokenAt)[] cases =
        [
            ("changed", events => events.Select(e => e.Sequence == 3 ? e with { Actor = "mallory" } : e), 3),
            ("changed with its hash", events => events.Select(e => e.Sequence == 3 ? Rehashed(e with { Actor = "mallory" }) : e), 4),
            ("changed last with its hash", events => events.Select(e => e.Sequence == 5 ? Rehashed(e with { Actor = "mallory" }) : e), 5),
            ("removed first", events => events.Skip(1), 1),
            ("removed", events => events.Where(e => e.Sequence != 3), 3),
            ("removed last", events => events.SkipLast(1), 5),
            ("removed all", _ => [], 1),
            ("reordered", events => [events[0], events[2], events[1], events[3], events[4]], 2),
            ("renumbered", events => [events[0], events[2] with { Sequence = 2 }, events[1] with { Sequence = 3 }, events[3], events[4]], 2),
            ("repeated", events => [events[0], events[1], events[1], events[2], events[3], events[4]], 3),
            ("added", events => [.. events, Rehashed(events[4] with { Sequence = 6, PreviousHash = events[4].Hash })], 6),
            ("unreadable", events => events.Take(2).Concat(Unreadable()), 3),
            ("changed and unreadable", events => events.Take(2).Select(e => e with { Name = "x" }).Concat(Unreadable()), 1),
            ("unreadable beyond the end", events => events.Concat(Unreadable()), 6),
        ];
        foreach (var (what, tamper, brokenAt) in cases)
        {
            await using var scene = new AdministrationScene(Harness, new Tampering(Harness.Audit, tamper));
            Assert.That(((AuditResult.Checked)await VerifyAsync(scene)).BrokenAt, Is.EqualTo(brokenAt), what);
        }
    }

    [Test]
    public async Task Events_that_are_written_while_the_chain_is_read_are_no_break()
    {
        await WriteAsync(3);
        var reader = new Tampering(Harness.Audit, events => events, () => WriteAsync(2));
        await using var scene = new AdministrationScene(Harness, reader);
        Assert.That(await VerifyAsync(scene), Is.EqualTo(new AuditResult.Checked(5, null)));
    }

    [Test]
    public async Task The_chain_of_an_organisation_is_verified_against_its_end()
    {
        var organization = new Organization { Id = Acme };
        for (var i = 0; i < 3; i++)
        {
            var e = Events.Next(AuditChainId.Of(Acme), organization.AuditHead, AuditNames.PolicyChanged, Start, null, Acme);
            organization = organization with { AuditHead = new AuditChainHead(e.Sequence, e.Hash) };
            Assert.That(await Harness.Organizations.TrySaveAsync(organization, (await Harness.Organizations.LoadAsync(Acme, default)).Version, [e], default), Is.True);
        }

        await using var whole = new AdministrationScene(Harness);
        Assert.That(await whole.Audit.VerifyAsync(AdministrationScene.Administrator, Acme), Is.EqualTo(new AuditResult.Checked(3, null)));
        await using var cut = new AdministrationScene(Harness, new Tampering(Harness.Audit, events => events.SkipLast(1)));
        Assert.That(await cut.Audit.VerifyAsync(AdministrationScene.Administrator, Acme), Is.EqualTo(new AuditResult.Checked(2, 3)));
    }

    [Test]
    public async Task Reading_is_denied_to_others_and_about_strangers_and_the_denial_is_recorded()
    {
        await WriteAsync(1);
        await using var scene = new AdministrationScene(Harness);
        Assert.That(await scene.Audit.QueryAsync(Bob, Acme, new AuditQuery()), Is.EqualTo(new AuditResult.Denied(DenialReason.NotAuthorized)));
        Assert.That(await scene.Audit.VerifyAsync(Bob, Acme), Is.EqualTo(new AuditResult.Denied(DenialReason.NotAuthorized)));
        Assert.That(await scene.Audit.VerifyAsync(Bob, Acme, Alice), Is.EqualTo(new AuditResult.Denied(DenialReason.NotAuthorized)));
        var admin = AdministrationScene.Administrator;
        Assert.That(await scene.Audit.QueryAsync(admin, Acme, new AuditQuery { Subject = Bob }), Is.EqualTo(new AuditResult.Denied(DenialReason.OtherOrganization)));
        Assert.That(await scene.Audit.VerifyAsync(admin, Globex, Alice), Is.EqualTo(new AuditResult.Denied(DenialReason.OtherOrganization)));

        var denials = (await Harness.Audit.QueryAsync(new AuditQuery { Names = [AuditNames.AdministrationDenied] }, default)).Events;
        Assert.That(denials.Count(e => e.Chain == AuditChainId.Of(Bob)), Is.EqualTo(3));
        Assert.That(denials.Count(e => e.Chain == AuditChainId.Of(admin)), Is.EqualTo(2));
    }

    [Test]
    public async Task A_query_reaches_no_other_organisation_and_an_administrator_may_read_about_himself()
    {
        await WriteAsync(2);
        await Harness.JoinAsync(Globex, Bob, Start);
        await Harness.Accounts.WriteEventAsync(Bob, "elsewhere", Start);
        await Harness.JoinAsync(Acme, AdministrationScene.Administrator, Start);
        await Harness.Accounts.WriteEventAsync(AdministrationScene.Administrator, "own", Start);
        await using var scene = new AdministrationScene(Harness);
        var found = (AuditResult.Found)await scene.Audit.QueryAsync(AdministrationScene.Administrator, Acme, new AuditQuery { Organization = Globex });
        Assert.That(found.Page.Events.Select(e => e.Name), Is.EquivalentTo(new[] { "one", "one", "own" }));
        var own = await scene.Audit.QueryAsync(AdministrationScene.Administrator, Acme, new AuditQuery { Subject = AdministrationScene.Administrator });
        Assert.That(((AuditResult.Found)own).Page.Events.Select(e => e.Name), Is.EqualTo(new[] { "own" }));
    }

    private static ValueTask<AuditResult> VerifyAsync(AdministrationScene scene) => scene.Audit.VerifyAsync(AdministrationScene.Administrator, Acme, Alice);

    private async Task WriteAsync(int count)
    {
        await Harness.JoinAsync(Acme, Alice, Start);
        for (var i = 0; i < count; i++) await Harness.Accounts.WriteEventAsync(Alice, "one", Start.AddMilliseconds(i));
    }

    private static AuditEvent Rehashed(AuditEvent e) => e with { Hash = AuditChain.ComputeHash(e) };

    private static IEnumerable<AuditEvent> Unreadable()
    {
        yield return ((AuditEvent?)null) ?? throw new InvalidDataException("damaged");
    }

    /// <summary>Shows a chain as if its rows had been changed.</summary>
    private sealed class Tampering(IAuditReader reader, Func<List<AuditEvent>, IEnumerable<AuditEvent>> tamper, Func<Task>? first = null) : IAuditReader
    {
        public ValueTask<AuditPage> QueryAsync(AuditQuery query, CancellationToken cancellationToken) => reader.QueryAsync(query, cancellationToken);

        public async IAsyncEnumerable<AuditEvent> ReadChainAsync(
            AuditChainId chain, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (first is not null) await first();
            var events = new List<AuditEvent>();
            await foreach (var e in reader.ReadChainAsync(chain, cancellationToken)) events.Add(e);
            foreach (var e in tamper(events)) yield return e;
        }
    }
}
