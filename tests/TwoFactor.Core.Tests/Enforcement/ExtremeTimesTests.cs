using System.Collections.Immutable;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Enforcement;

/// <summary>The ends of time, offsets from UTC and sums that do not fit: a decision is always made, and never a milder one for it.</summary>
[Attack(26)]
public sealed class ExtremeTimesTests
{
    private static IEnumerable<DateTimeOffset> Moments()
    {
        foreach (var utc in new[] { DateTimeOffset.MinValue, DateTimeOffset.MinValue.AddTicks(1), DateTimeOffset.UnixEpoch, Simple.Now, DateTimeOffset.MaxValue.AddTicks(-1), DateTimeOffset.MaxValue })
            yield return utc;
        // The clock on the wall reaches the end of time hours before, or after, UTC does.
        yield return new DateTimeOffset(DateTime.MaxValue, TimeSpan.FromHours(14));
        yield return new DateTimeOffset(DateTime.MinValue, TimeSpan.FromHours(-14));
        yield return new DateTimeOffset(DateTime.MinValue.AddHours(14), TimeSpan.FromHours(14));
        yield return new DateTimeOffset(DateTime.MaxValue.AddHours(-14), TimeSpan.FromHours(-14));
    }

    [Test]
    public void Every_combination_of_extremes_is_decided_as_written([Values] GraceAnchor anchor, [Values] bool activation)
    {
        var moments = Moments().ToList();
        TimeSpan[] graces = [TimeSpan.Zero, TimeSpan.FromTicks(1), TimeSpan.FromHours(5), TimeSpan.FromDays(365)];
        foreach (var (now, start) in moments.SelectMany(now => moments.Select(start => (now, start))))
        {
            foreach (var (since, grace) in moments.SelectMany(since => graces.Select(grace => (since, grace))))
            {
                var world = Simple.World(Simple.Everyone with { Start = start, Grace = grace, Anchor = anchor }) with { Now = now };
                world = world with { Members = [world.Members[0] with { Membership = world.Members[0].Membership with { SubjectSince = since } }] };
                world = world.WithRequest(request => request with { IsActivation = activation });
                Assert.That(world.Decide().Outcome, Is.EqualTo(ReferenceDecider.Decide(world)), $"now {now:O}, start {start:O}, since {since:O}, grace {grace}");
            }
        }
    }

    [Test]
    public void Extensions_that_add_up_to_more_than_a_time_span_hold_for_ever()
    {
        var world = Simple.World(Simple.Everyone).WithAccount(account => account with
        {
            GraceExtensions = [.. Enumerable.Repeat(new GraceExtension(Simple.Acme, TimeSpan.MaxValue), 3)],
        });
        Assert.That(world.Decide().Outcome, Is.EqualTo(new EnforcementOutcome.AllowUntil(DateTimeOffset.MaxValue, true)));
    }

    [Test]
    public void Exclusions_and_exemptions_to_the_end_of_time_are_decided()
    {
        foreach (var until in Moments())
        {
            var excluded = Simple.World(Simple.Everyone with { ExcludedUsers = [new UserExclusion(WorldGenerator.User, until, "robot")] });
            Assert.That(excluded.Decide().Outcome, Is.EqualTo(ReferenceDecider.Decide(excluded)), $"excluded until {until:O}");
            var exempt = Simple.World(Simple.Everyone).WithAccount(account => account with { Exemptions = [new GraceExemption(Simple.Acme, until)] });
            Assert.That(exempt.Decide().Outcome, Is.EqualTo(ReferenceDecider.Decide(exempt)), $"exempt until {until:O}");
        }
    }

    [Test]
    public void Assertions_of_any_time_are_decided()
    {
        var accept = new MethodRequirement.AcceptUpstream(["mfa"], TimeSpan.FromDays(30));
        var policy = Simple.Policy(Simple.Everyone with { Methods = [SignInMethodKind.Sso] }) with { Methods = [new MethodRule(null, null, null, accept)] };
        foreach (var (now, at) in Moments().SelectMany(now => Moments().Select(at => (now, at))))
        {
            var world = Simple.World(policy) with { Now = now };
            world = world.WithRequest(request => request with { Method = SignInMethod.Sso, Upstream = new UpstreamAssertion(["mfa"], at) });
            Assert.That(world.Decide().AsksForFactor, Is.EqualTo(ReferenceDecider.Asks(world)), $"now {now:O}, asserted {at:O}");
        }
    }

    [Test]
    public void An_assertion_without_methods_is_none()
    {
        var accept = new MethodRequirement.AcceptUpstream(["mfa"], TimeSpan.FromDays(30));
        var policy = Simple.Policy(Simple.Everyone) with { Methods = [new MethodRule(null, null, null, accept)] };
        var world = Simple.World(policy).WithRequest(r => r with { Upstream = new UpstreamAssertion(default, Simple.Now) });
        Assert.That(world.Decide().AsksForFactor, Is.True);
    }

    [Test]
    public void A_deadline_is_over_from_its_very_moment()
    {
        var deadline = Simple.Start.AddDays(7);
        var world = Simple.World(Simple.Everyone);
        Assert.That((world with { Now = deadline.AddTicks(-1) }).Decide().Outcome, Is.EqualTo(new EnforcementOutcome.AllowUntil(deadline, true)));
        Assert.That((world with { Now = deadline }).Decide().Outcome, Is.EqualTo(new EnforcementOutcome.RequireEnrollment(deadline)));
        Assert.That((world with { Now = Simple.Start }).Decide().Outcome, Is.EqualTo(new EnforcementOutcome.AllowUntil(deadline, true)), "it begins at its start");
        Assert.That((world with { Now = Simple.Start.AddTicks(-1) }).Decide().Outcome, Is.TypeOf<EnforcementOutcome.Allow>());
    }

    [Test]
    public void Nobody_without_an_organisation_must_enrol()
    {
        var world = Simple.World() with { Members = ImmutableArray<MemberPolicy>.Empty };
        Assert.That(world.Decide().Outcome, Is.TypeOf<EnforcementOutcome.Allow>());
        Assert.That((world with { Members = default }).Decide().Outcome, Is.TypeOf<EnforcementOutcome.Allow>(), "default is none");
        Assert.That(world.WithAccount(a => a with { Active = WorldGenerator.Authenticator }).Decide().Outcome, Is.TypeOf<EnforcementOutcome.RequireChallenge>());
    }
}
