using System.Collections.Immutable;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Enforcement;
using TwoFactor.Lockout;
using TwoFactor.Organizations;
using TwoFactor.StoreConformance.Storage;

namespace TwoFactor.StoreConformance.Organizations;

/// <summary>
/// What every store of organisations must do, for one caller and for many. It uses <see cref="OrganizationHarness.Organizations"/>,
/// <see cref="OrganizationHarness.Accounts"/> and <see cref="OrganizationHarness.Audit"/>.
/// </summary>
public abstract class OrganizationStoreContract : OrganizationFixture
{
    [Test]
    public async Task An_organisation_of_which_nothing_is_stored_has_version_0()
    {
        var (organization, version) = await LoadAsync(Acme);
        Assert.That(organization, Is.Null);
        Assert.That(version, Is.Zero);
    }

    [Test]
    public async Task Every_member_of_a_full_policy_comes_back()
    {
        var full = Full(Acme);
        Assert.That(await SaveAsync(full, 0), Is.True);
        var (stored, version) = await LoadAsync(Acme);
        Assert.That(Difference.Between(stored, full), Is.Null);
        var bare = full with { Policy = null };
        Assert.That(await SaveAsync(bare, version), Is.True);
        Assert.That(Difference.Between((await LoadAsync(Acme)).Organization, bare), Is.Null);
    }

    [Test]
    public async Task Ids_are_compared_by_ordinal()
    {
        string[] alike = ["acme", "Acme", "ACME", "\u00E1cme", "a\u0301cme", "ac me", "\uFF41cme", "%", "_", "a'b"];
        for (var i = 0; i < alike.Length; i++) Assert.That(await SaveAsync(Numbered(new OrganizationId(alike[i]), i), 0), Is.True, alike[i]);
        for (var i = 0; i < alike.Length; i++)
            Assert.That((await LoadAsync(new OrganizationId(alike[i]))).Organization?.Policy?.Version, Is.EqualTo(i), alike[i]);
    }

    [Test]
    public async Task A_stale_version_is_false_and_writes_nothing()
    {
        var (first, one) = WithEvent(Numbered(Acme, 1), "one");
        Assert.That(await SaveAsync(first, 0, one), Is.True);
        var v1 = (await LoadAsync(Acme)).Version;
        var (second, two) = WithEvent(first with { Policy = Numbered(Acme, 2).Policy }, "two");
        Assert.That(await SaveAsync(second, v1, two), Is.True);
        var v2 = (await LoadAsync(Acme)).Version;
        Assert.That(v2, Is.GreaterThan(v1));
        var (stale, three) = WithEvent(second with { Policy = Numbered(Acme, 3).Policy }, "three");

        Assert.That(await SaveAsync(stale, v1, three), Is.False);
        Assert.That(await SaveAsync(stale, 0, three), Is.False);
        Assert.That(await SaveAsync(stale, v2 + 1, three), Is.False);

        var (organization, version) = await LoadAsync(Acme);
        Assert.That((organization?.Policy?.Version, version), Is.EqualTo((2, v2)));
        Assert.That(await NamesAsync(Acme), Is.EqualTo(new[] { "one", "two" }));
    }

    [Test]
    public async Task A_later_write_of_an_organisation_that_does_not_exist_is_false()
    {
        Assert.That(await SaveAsync(Numbered(Acme, 1), 7), Is.False);
        Assert.That((await LoadAsync(Acme)).Version, Is.Zero);
    }

    [Test]
    public async Task An_event_that_exists_already_fails_the_whole_write()
    {
        var (first, one) = WithEvent(Numbered(Acme, 1), "one");
        Assert.That(await SaveAsync(first, 0, one), Is.True);
        var version = (await LoadAsync(Acme)).Version;
        Assert.That(async () => await SaveAsync(Numbered(Acme, 2), version, one), Throws.Exception);
        Assert.That((await LoadAsync(Acme)).Organization?.Policy?.Version, Is.EqualTo(1));
        Assert.That(await NamesAsync(Acme), Is.EqualTo(new[] { "one" }));
    }

    [Test]
    public async Task Events_of_another_chain_are_refused()
    {
        var (_, events) = WithEvent(Numbered(Globex, 1), "one");
        Assert.That(async () => await SaveAsync(Numbered(Acme, 1), 0, events), Throws.InstanceOf<ArgumentException>());
        Assert.That((await LoadAsync(Acme)).Version, Is.Zero);
    }

    [Test]
    public async Task The_chain_of_an_organisation_is_not_that_of_a_user_of_the_same_id()
    {
        var (organization, events) = WithEvent(Numbered(Acme, 1), "of the organisation");
        Assert.That(await SaveAsync(organization, 0, events), Is.True);
        var (account, ofUser) = Sample.WithEvents(Account.NewFor(new UserId(Acme.Value)), "of the user");
        Assert.That(await Harness.Accounts.TrySaveAsync(account, 0, ofUser), Is.True);
        Assert.That(await NamesAsync(Acme), Is.EqualTo(new[] { "of the organisation" }));
    }

    [Test]
    public async Task Of_many_writes_over_one_version_one_wins()
    {
        Assert.That(await SaveAsync(Numbered(Acme, 0), 0), Is.True);
        for (var round = 1; round <= 5; round++)
        {
            var (organization, version) = await LoadAsync(Acme);
            var answers = await StoreSteps.AtOnceAsync(32, async i =>
            {
                var (next, events) = WithEvent(organization! with { Policy = Numbered(Acme, i).Policy }, $"{i}");
                return await SaveAsync(next, version, events);
            });
            Assert.That(answers.Count(won => won), Is.EqualTo(1));
            var winner = (await LoadAsync(Acme)).Organization;
            Assert.That(winner?.Policy?.Version, Is.EqualTo(Array.IndexOf(answers, true)));
            var names = await NamesAsync(Acme);
            Assert.That(names, Has.Count.EqualTo(round));
            Assert.That(names[^1], Is.EqualTo($"{winner!.Policy!.Version}"));
        }
    }

    [Test]
    public async Task Of_many_first_writes_one_wins()
    {
        var answers = await StoreSteps.AtOnceAsync(Soak.Callers, async i =>
        {
            var (next, events) = WithEvent(Numbered(Acme, i), $"{i}");
            return await SaveAsync(next, 0, events);
        });
        Assert.That(answers.Count(won => won), Is.EqualTo(1));
        Assert.That((await LoadAsync(Acme)).Organization?.Policy?.Version, Is.EqualTo(Array.IndexOf(answers, true)));
        Assert.That(await NamesAsync(Acme), Is.EqualTo(new[] { $"{Array.IndexOf(answers, true)}" }));
    }

    [Test]
    public async Task No_change_is_lost_of_many_that_change_in_turn()
    {
        const int callers = 16, each = 5;
        await StoreSteps.AtOnceAsync(callers, async _ =>
        {
            for (var i = 0; i < each;)
            {
                var (organization, version) = await LoadAsync(Acme);
                var (next, events) = WithEvent((organization ?? new Organization { Id = Acme }) with { Policy = Numbered(Acme, (organization?.Policy?.Version ?? 0) + 1).Policy }, "changed");
                if (await SaveAsync(next, version, events)) i++;
            }

            return true;
        });
        Assert.That((await LoadAsync(Acme)).Organization?.Policy?.Version, Is.EqualTo(callers * each));
        Assert.That(await NamesAsync(Acme), Has.Count.EqualTo(callers * each));
    }

    [Test]
    public async Task Versions_rise_and_are_never_used_twice()
    {
        var version = 0L;
        for (var i = 0; i < 30; i++)
        {
            Assert.That(await SaveAsync(Numbered(Acme, i), version), Is.True);
            var (_, next) = await LoadAsync(Acme);
            Assert.That(next, Is.GreaterThan(version));
            version = next;
        }
    }

    [Test]
    public async Task Two_organisations_do_not_touch_each_other()
    {
        var (acme, ofAcme) = WithEvent(Numbered(Acme, 1), "of acme");
        var (globex, ofGlobex) = WithEvent(Numbered(Globex, 2), "of globex");
        Assert.That(await SaveAsync(acme, 0, ofAcme), Is.True);
        Assert.That(await SaveAsync(globex, 0, ofGlobex), Is.True);
        var stored = await LoadAsync(Globex);
        Assert.That(await SaveAsync(Numbered(Globex, 3), stored.Version), Is.True);
        Assert.That((await LoadAsync(Acme)).Organization?.Policy?.Version, Is.EqualTo(1));
        Assert.That(await NamesAsync(Acme), Is.EqualTo(new[] { "of acme" }));
        Assert.That(await NamesAsync(Globex), Is.EqualTo(new[] { "of globex" }));
    }

    [Test]
    public async Task A_policy_of_the_greatest_size_comes_back()
    {
        var id = new OrganizationId(new string('x', OrganizationId.MaxLength));
        string[] groups = [.. Enumerable.Range(0, 1000).Select(i => $"{i:D4}{new string('é', 60)}")];
        var greatest = Full(id) with
        {
            Policy = Full(id).Policy! with
            {
                Rules = [.. Enumerable.Range(0, 100).Select(i => new EnforcementRule { Id = $"rule {i}", Start = Start, Target = RuleTarget.ForGroups(i < 3 ? groups : groups[..10]) })],
            },
        };
        Assert.That(await SaveAsync(greatest, 0), Is.True);
        Assert.That(Difference.Between((await LoadAsync(id)).Organization, greatest), Is.Null);
    }

    [Test]
    public async Task Cancelled_before_a_save_nothing_is_written()
    {
        var cancelled = new CancellationToken(canceled: true);
        Assert.That(
            async () => await Harness.Organizations.TrySaveAsync(Numbered(Acme, 1), 0, [], cancelled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await Harness.Organizations.LoadAsync(Acme, cancelled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That((await LoadAsync(Acme)).Version, Is.Zero);
    }

    private ValueTask<StoredOrganization> LoadAsync(OrganizationId id) => Harness.Organizations.LoadAsync(id, CancellationToken.None);

    private ValueTask<bool> SaveAsync(Organization organization, long version, params ImmutableArray<AuditEvent> events) =>
        Harness.Organizations.TrySaveAsync(organization, version, events.IsDefault ? [] : events, CancellationToken.None);

    private async Task<List<string>> NamesAsync(OrganizationId id)
    {
        var names = new List<string>();
        await foreach (var e in Harness.Audit.ReadChainAsync(AuditChainId.Of(id), CancellationToken.None)) names.Add(e.Name);
        return names;
    }

    private static Organization Numbered(OrganizationId id, long number) => new() { Id = id, Policy = OrganizationPolicy.NewFor(id) with { Version = number } };

    private static (Organization Organization, ImmutableArray<AuditEvent> Events) WithEvent(Organization organization, string name)
    {
        var e = Events.Next(AuditChainId.Of(organization.Id), organization.AuditHead, name, Start, null, organization.Id);
        return (organization with { AuditHead = new AuditChainHead(e.Sequence, e.Hash) }, [e]);
    }

    private static Organization Full(OrganizationId id) => new()
    {
        Id = id,
        AuditHead = new AuditChainHead(7, [.. Enumerable.Range(0, 32).Select(i => (byte)i)]),
        Policy = new OrganizationPolicy
        {
            OrganizationId = id,
            Version = long.MaxValue,
            Rules =
            [
                new EnforcementRule
                {
                    Id = "l'été \"<&>\" 😀",
                    Target = RuleTarget.ForGroups("Ops", "ops", "\\"),
                    ExcludedGroups = ["robots"],
                    ExcludedUsers = [new UserExclusion(Bob, Start.AddTicks(1), "service account")],
                    Start = Start.AddTicks(-1),
                    Grace = TimeSpan.FromTicks(1),
                    Anchor = GraceAnchor.FirstSignIn,
                    Methods = [SignInMethodKind.MagicLink],
                    Mode = EnforcementMode.ReportOnly,
                },
                new EnforcementRule { Id = "everyone", Start = Start },
                new EnforcementRule { Id = "external", Start = Start, Target = new RuleTarget.ExternalCollaborators() },
            ],
            Methods =
            [
                new MethodRule(SignInMethodKind.External, MembershipKind.ExternalCollaborator, "idp", new MethodRequirement.AcceptUpstream(["mfa", "hwk"], TimeSpan.FromMinutes(5))),
                new MethodRule(null, null, null, new MethodRequirement.Exempt()),
                new MethodRule(SignInMethodKind.Password, null, null, new MethodRequirement.Require()),
            ],
            Sso = SsoMode.ExemptSso,
            AfterGrace = AfterGrace.Deny,
            EnrollmentClients = [ClientKind.Desktop],
            Lockout = LockoutPolicy.AdminUnlock,
            TrustedDeviceDays = 30,
        },
    };
}
