using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Enforcement;

/// <summary>The table of examples in docs/policies.md, executed.</summary>
[Feature("A2"), Feature("A3"), Feature("A4"), Feature("A5"), Feature("A6"), Feature("B6"), Feature("C6"), Feature("C7"), Feature("C8")]
public sealed partial class PolicyDocumentTests
{
    private static readonly DateTimeOffset s_dayZero = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static IEnumerable<TestCaseData> Rows() => File.ReadLines(Path.Combine(Repository.Root, "docs", "policies.md"))
        .SkipWhile(line => line != "## Examples").Where(line => line.StartsWith("| acme", StringComparison.Ordinal))
        .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries))
        .Select((cells, i) => new TestCaseData(cells[0], cells[1], cells[2], cells[3], cells[4]).SetArgDisplayNames($"{i + 1}", cells[4]));

    [Test]
    public void The_table_is_there() => Assert.That(Rows().Count(), Is.GreaterThanOrEqualTo(40));

    [TestCaseSource(nameof(Rows))]
    public void It_happens_as_the_table_says(string policy, string user, string signIn, string day, string outcome)
    {
        var now = Day(day);
        ImmutableArray<MemberPolicy> members = [.. policy.Split(" + ").Select(text => Policy(text)).Select(p => new MemberPolicy(Membership(user, p.OrganizationId), p))];
        var decision = EnforcementDecider.Decide(Account(user), members, Request(signIn, now), now);
        var would = decision.WouldBe is { } w ? $", would be {Describe(w)}" : "";
        Assert.That(Describe(decision.Outcome) + would, Is.EqualTo(outcome));
        Assert.That(ReferenceDecider.Decide(new World(Account(user), members, Request(signIn, now), now)), Is.EqualTo(decision.Outcome), "and by the written rules");
    }

    private static DateTimeOffset Day(string number) => s_dayZero.AddDays(int.Parse(number, CultureInfo.InvariantCulture));

    private static string Describe(EnforcementOutcome outcome)
    {
        static int Number(DateTimeOffset moment) => (int)(moment - s_dayZero).TotalDays;
        return outcome switch
        {
            EnforcementOutcome.AllowUntil until => $"AllowUntil {Number(until.Deadline)}{(until.CanEnrollHere ? "" : ", not here")}",
            EnforcementOutcome.RequireEnrollment required => $"RequireEnrollment since {Number(required.Deadline)}",
            EnforcementOutcome.EnrollElsewhere elsewhere => $"EnrollElsewhere since {Number(elsewhere.Deadline)} on {string.Join(' ', elsewhere.Clients)}",
            EnforcementOutcome.Deny deny => $"Deny since {Number(deny.Deadline)}",
            _ => outcome.GetType().Name,
        };
    }

    private static OrganizationPolicy Policy(string text)
    {
        var match = PolicyPattern().Match(text);
        Assert.That(match.Success, Is.True, text);
        var policy = OrganizationPolicy.NewFor(new OrganizationId(match.Groups["name"].Value)) with { Version = 1 };
        foreach (var option in match.Groups["option"].Captures.Select(c => c.Value))
        {
            policy = option.Split(' ') switch
            {
                ["deny"] => policy with { AfterGrace = AfterGrace.Deny },
                ["on", .. var clients] => policy with { EnrollmentClients = [.. clients.Select(Enum.Parse<ClientKind>)] },
                ["sso", "requires"] => policy with { Methods = [new MethodRule(SignInMethodKind.Sso, null, null, new MethodRequirement.Require())] },
                ["sso", "accepts", var amr] => policy with
                {
                    Methods = [new MethodRule(SignInMethodKind.Sso, null, null, new MethodRequirement.AcceptUpstream([amr], TimeSpan.FromHours(1)))],
                },
                _ => throw new AssertionException($"'{option}' is not known."),
            };
        }

        var rules = match.Groups["rules"].Value;
        policy = policy with { Rules = rules == "no rule" ? [] : [.. rules.Split("; ").Select(Rule)] };
        Assert.That(OrganizationPolicyValidation.Validate(policy), Is.Empty);
        return policy;
    }

    private static EnforcementRule Rule(string text)
    {
        var match = RulePattern().Match(text);
        Assert.That(match.Success, Is.True, text);
        return new EnforcementRule
        {
            Id = match.Groups["target"].Value,
            Target = match.Groups["target"].Value switch
            {
                "everyone" => new RuleTarget.Everyone(),
                "external" => new RuleTarget.ExternalCollaborators(),
                var groups => RuleTarget.ForGroups(groups.Split('/')),
            },
            ExcludedGroups = match.Groups["except"] is { Success: true, Value: var group } ? [group] : [],
            Start = Day(match.Groups["start"].Value),
            Grace = TimeSpan.FromDays(int.Parse(match.Groups["grace"].ValueSpan, CultureInfo.InvariantCulture)),
            Anchor = match.Groups["first"].Success ? GraceAnchor.FirstSignIn : GraceAnchor.RuleStart,
            Mode = match.Groups["mode"].Value switch { "off" => EnforcementMode.Off, "report-only" => EnforcementMode.ReportOnly, _ => EnforcementMode.Enforce },
        };
    }

    private static Membership Membership(string text, OrganizationId organization)
    {
        var membership = new Membership { UserId = WorldGenerator.User, OrganizationId = organization, SubjectSince = s_dayZero };
        foreach (var part in text.Split(", "))
        {
            membership = part.Split(' ') switch
            {
                ["since", var day] => membership with { SubjectSince = Day(day) },
                ["external"] => membership with { Kind = MembershipKind.ExternalCollaborator },
                ["in", var group, "since", var day] => membership with { Groups = membership.Groups.Add(group, Day(day)) },
                ["was", "in", var group, "since", var day] => membership with { FormerGroups = membership.FormerGroups.Add(group, Day(day)) },
                ["enrolled"] or ["extended", _] or ["exempt", "until", _] or ["signed", "in", _] => membership,
                _ => throw new AssertionException($"'{part}' is not known."),
            };
        }

        return membership;
    }

    private static Account Account(string text)
    {
        var (account, acme) = (TwoFactor.Accounts.Account.NewFor(WorldGenerator.User), new OrganizationId("acme"));
        foreach (var part in text.Split(", "))
        {
            account = part.Split(' ') switch
            {
                ["enrolled"] => account with { Active = WorldGenerator.Authenticator },
                ["extended", var days] => account with { GraceExtensions = [new GraceExtension(acme, TimeSpan.FromDays(int.Parse(days, CultureInfo.InvariantCulture)))] },
                ["exempt", "until", var day] => account with { Exemptions = [new GraceExemption(acme, Day(day))] },
                ["signed", "in", var day] => account with { FirstSignIns = [new FirstSignIn(acme, "everyone", Day(day))] },
                _ => account,
            };
        }

        return account;
    }

    private static EnforcementRequest Request(string text, DateTimeOffset now)
    {
        var words = text.Split(' ');
        return new EnforcementRequest
        {
            Method = words switch
            {
                ["password", ..] => SignInMethod.Password,
                ["magic", "link", ..] => SignInMethod.MagicLink,
                ["sso", ..] => SignInMethod.Sso,
                _ => SignInMethod.External(words[0]),
            },
            Client = words.Contains("mobile") ? ClientKind.Mobile : words.Contains("desktop") ? ClientKind.Desktop : ClientKind.Browser,
            IsActivation = words.Contains("activation"),
            Upstream = words is [.., "with", var amr] ? new UpstreamAssertion([amr], now) : null,
        };
    }

    [GeneratedRegex("^(?<name>[a-z]+)(, (?<option>[^,:]+))*: (?<rules>.+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex PolicyPattern();

    [GeneratedRegex("^(?<target>[a-z/]+) from (?<start>[0-9]+) grace (?<grace>[0-9]+)( except (?<except>[a-z]+))?(?<first> first sign-in)?( (?<mode>off|report-only))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex RulePattern();
}
