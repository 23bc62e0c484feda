using System.Text.Json;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Auditing;
using TwoFactor.Enforcement;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Tests.Support.Organizations;

namespace TwoFactor.Tests.Administration.Policies;

/// <summary>Policies are versioned, saved by compare-and-swap, and recorded in the same write.</summary>
public sealed class SavePolicyTests
{
    private static readonly OrganizationId Acme = OrganizationHost.Acme;

    private static OrganizationPolicy AfterGrace(OrganizationHost host, int days) => PolicyPresets.RequiredAfterGrace(Acme, host.Now, TimeSpan.FromDays(days));

    [Test]
    public async Task An_organisation_that_has_saved_nothing_demands_nothing()
    {
        using var host = await OrganizationHost.StartAsync();
        var policy = await host.PolicyAsync(Acme);
        Assert.That((policy.Version, policy.Rules.Length, policy.OrganizationId), Is.EqualTo((0L, 0, Acme)));
        Assert.That(await host.BeginAsync(host.Member("ada")), Is.TypeOf<BeginSignInResult.Allowed>());
    }

    [Test]
    public async Task Each_save_makes_a_version_and_what_is_read_is_what_was_saved()
    {
        using var host = await OrganizationHost.StartAsync();
        for (var version = 1; version <= 3; version++)
        {
            var saved = await host.MustChangeAsync(Acme, _ => AfterGrace(host, 10 * version));
            Assert.That(saved.Version, Is.EqualTo(version));
            Assert.That((await host.PolicyAsync(Acme)).Rules[0].Grace, Is.EqualTo(TimeSpan.FromDays(10 * version)));
        }
    }

    [Test]
    public async Task A_stale_version_conflicts_with_the_current_one_and_changes_nothing([Values(0, 1, 3)] long stale)
    {
        using var host = await OrganizationHost.StartAsync();
        await host.MustChangeAsync(Acme, _ => AfterGrace(host, 7));
        var current = await host.MustChangeAsync(Acme, _ => AfterGrace(host, 8));
        var before = await host.StoredAsync(Acme);
        var result = await host.Policies.SaveAsync(OrganizationHost.Root, AfterGrace(host, 9) with { Version = stale });
        Assert.That(result.As<SavePolicyResult.Conflict>().Current, Is.EqualTo(current));
        Assert.That(await host.StoredAsync(Acme), Is.EqualTo(before));
        Assert.That(await host.EventsOfAsync(Acme), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task Of_sixty_four_parallel_saves_of_one_version_one_is_saved()
    {
        using var host = await OrganizationHost.StartAsync();
        var results = await Task.WhenAll(Enumerable.Range(1, 64).Select(days => Task.Run(() => host.Policies.SaveAsync(OrganizationHost.Root, AfterGrace(host, days)).AsTask())));
        var saved = results.OfType<SavePolicyResult.Saved>().Single().Policy;
        Assert.That(results.OfType<SavePolicyResult.Conflict>().Select(c => c.Current), Is.All.EqualTo(saved).And.Exactly(63).Items);
        Assert.That(await host.PolicyAsync(Acme), Is.EqualTo(saved));
        await host.AssertChainAsync(Acme);
    }

    [Test]
    public async Task A_faulty_policy_is_refused_with_its_fields_and_changes_nothing()
    {
        using var host = await OrganizationHost.StartAsync();
        await host.MustChangeAsync(Acme, _ => AfterGrace(host, 7));
        var before = await host.StoredAsync(Acme);
        var result = await host.ChangeAsync(Acme, policy => policy with { TrustedDeviceDays = 91, Rules = [policy.Rules[0] with { Grace = TimeSpan.FromDays(366) }] });
        Assert.That(result.As<SavePolicyResult.Invalid>().Errors.Select(e => e.Field), Is.EquivalentTo(s_fields));
        Assert.That(await host.StoredAsync(Acme), Is.EqualTo(before));
    }

    private static readonly string[] s_fields = ["TrustedDeviceDays", "Rules[everyone].Grace"];

    [Test]
    public async Task A_policy_of_a_newer_library_is_refused()
    {
        using var host = await OrganizationHost.StartAsync();
        var result = await host.ChangeAsync(Acme, policy => policy with { Schema = OrganizationPolicy.CurrentSchema + 1 });
        Assert.That(result.As<SavePolicyResult.Invalid>().Errors.Single().Field, Is.EqualTo("Schema"));
        Assert.That(await host.StoredAsync(Acme), Is.Null);
    }

    [Test]
    [Feature("X10")]
    public async Task A_change_is_recorded_with_who_and_before_and_after_in_a_chain_that_holds()
    {
        using var host = await OrganizationHost.StartAsync();
        await host.MustChangeAsync(Acme, _ => AfterGrace(host, 7));
        host.Days(1);
        await host.MustChangeAsync(Acme, policy => policy with { Rules = [policy.Rules[0] with { Grace = TimeSpan.FromDays(14) }] });
        var record = (await host.EventsOfAsync(Acme))[^1];
        Assert.Multiple(() =>
        {
            Assert.That((record.Name, record.Actor, record.Organization, record.Subject), Is.EqualTo(("mfa_policy_changed", "root", (OrganizationId?)Acme, (UserId?)null)));
            Assert.That((record.Chain, record.OccurredAt), Is.EqualTo((AuditChainId.Of(Acme), host.Now)));
            Assert.That((record.Details["from_version"], record.Details["to_version"]), Is.EqualTo(("1", "2")));
            Assert.That(record.Details["before"], Does.Contain("7.00:00:00").And.Not.Contain("14.00:00:00"));
            Assert.That(record.Details["after"], Does.Contain("14.00:00:00").And.Not.Contain("\"7.00:00:00"));
        });
        await host.AssertChainAsync(Acme);
    }

    [Test]
    [Feature("X10")]
    public async Task A_record_of_a_change_that_is_altered_removed_or_moved_breaks_the_chain()
    {
        using var host = await OrganizationHost.StartAsync();
        for (var days = 1; days <= 4; days++) await host.MustChangeAsync(Acme, _ => AfterGrace(host, days));
        var (events, head) = (await host.EventsOfAsync(Acme), (await host.StoredAsync(Acme))!.AuditHead);
        Assert.Multiple(() =>
        {
            Assert.That(AuditChain.FindBreak(events, head), Is.Null);
            for (var i = 0; i < events.Length; i++)
            {
                var e = events[i];
                Assert.That(AuditChain.FindBreak(events.SetItem(i, e with { Actor = "eve" }), head), Is.EqualTo(i + 1), $"altered {i}");
                Assert.That(AuditChain.FindBreak(events.SetItem(i, e with { Details = e.Details.SetItem("after", "{}") }), head), Is.EqualTo(i + 1), $"altered {i}");
                Assert.That(AuditChain.FindBreak(events.RemoveAt(i), head), Is.EqualTo(i + 1), $"removed {i}");
                if (i > 0) Assert.That(AuditChain.FindBreak(events.SetItem(i, events[i - 1]).SetItem(i - 1, e), head), Is.EqualTo(i), $"moved {i}");
            }
        });
    }

    [Test]
    [Attack(34)]
    public async Task Names_in_a_policy_cannot_forge_a_record()
    {
        using var host = await OrganizationHost.StartAsync();
        var robots = new UserExclusion(new UserId("robot"), host.Now.AddDays(1), "\"},\"actor\":\"nobody\",{\"");
        await host.MustChangeAsync(Acme, _ => AfterGrace(host, 7) with { Rules = [new EnforcementRule { Id = "every\u00E9one \"x\"", Start = host.Now, ExcludedUsers = [robots] }] });
        var record = (await host.EventsOfAsync(Acme)).Single();
        Assert.That(record.Actor, Is.EqualTo("root"));
        using var after = JsonDocument.Parse(record.Details["after"]);
        Assert.That(after.RootElement.GetProperty("rules")[0].GetProperty("excludedUsers")[0].GetProperty("reason").GetString(), Is.EqualTo(robots.Reason));
    }

    [Test]
    [Feature("B7"), Feature("C4")]
    public async Task A_change_touches_no_account_and_no_challenge_that_waits()
    {
        using var host = await OrganizationHost.StartAsync();
        var ada = await host.EnrollAsync(host.Member("ada"));
        host.NextCode();
        var challenge = (await host.BeginAsync(ada.Id)).As<BeginSignInResult.ChallengeRequired>().Challenge;
        var (before, events) = (await host.StoredAsync(ada.Id), await host.EventsOfAsync(ada.Id));
        await host.MustChangeAsync(Acme, _ => AfterGrace(host, 0));
        await host.MustChangeAsync(Acme, policy => policy with { Rules = [] });
        Assert.That(await host.StoredAsync(ada.Id), Is.EqualTo(before));
        Assert.That(await host.EventsOfAsync(ada.Id), Has.Length.EqualTo(events.Length));
        Assert.That(await host.SignIn.VerifyAsync(challenge, MfaFactorType.Totp, ada.App.CodeAt(host.Now)), Is.TypeOf<VerifySignInResult.SignedIn>());
    }
}
