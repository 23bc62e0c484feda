using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Tests.Support.Organizations;

namespace TwoFactor.Tests.Enforcement;

/// <summary>
/// A user does whatever a user can, in any order, over any time: no deadline that was once told moves later. Administrators turn rules off
/// and on meanwhile, which moves none either; only an extension does, by exactly what it says, and it is in the audit trail.
/// </summary>
[Feature("X6")]
[Attack(32)]
public sealed class UserActionTests
{
    private static readonly UserId Ada = new("ada");
    private static readonly string[] s_groups = ["administrators", "managers", "robots"];

    public enum UserAction
    {
        SignInByPassword,
        SignInByMagicLink,
        SignInBySso,
        SignInOnMobile,
        Enroll,
        Reenroll,
        Unregister,
        WrongCode,
        JoinGroup,
        LeaveGroup,
        LeaveOrganization,
        RejoinOrganization,
        BecomeExternal,
        BecomeMember,
        Wait,
        ToggleRule,
        ReportOnly,
        ChangePassword,
    }

    private static Gen<ImmutableArray<(UserAction Action, int Number)>> Actions { get; } =
        from steps in (from action in Gen.Elements(Enum.GetValues<UserAction>()) from number in Gen.Choose(0, 11) select (action, number)).ListOf(24)
        select steps.ToImmutableArray();

    private static Gen<ImmutableArray<EnforcementRule>> Rules { get; } =
        from first in WorldGenerator.Rule("first")
        from second in WorldGenerator.Rule("second")
        from third in WorldGenerator.Rule("third")
        select ImmutableArray.Create(first, second, third);

    [Test]
    public void No_sequence_of_user_actions_moves_a_deadline_later() => Prop.ForAll(
        Arb.From(from rules in Rules from actions in Actions select new Story(rules, actions)),
        story => PlayAsync(story, extensionAt: -1).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Test]
    public void An_extension_moves_it_by_exactly_what_it_says_and_is_audited() => Prop.ForAll(
        Arb.From(from rules in Rules from actions in Actions from at in Gen.Choose(0, 23) select (new Story(rules, actions), at)),
        input => PlayAsync(input.Item1, input.at).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    private static async Task<bool> PlayAsync(Story story, int extensionAt)
    {
        using var host = await OrganizationHost.StartAsync(configure: options => options.BackupCodes.Count = 1);
        // The rules begin around now, as the generator's lie around its own noon.
        var shift = host.Now - WorldGenerator.Noon;
        await host.MustChangeAsync(OrganizationHost.Acme, policy => policy with
        {
            Rules = [.. story.Rules.Select(rule => rule with { Start = rule.Start + shift, ExcludedUsers = [] })],
        });
        host.Directory.Join(Ada, OrganizationHost.Acme, groups: s_groups[0]);
        var told = new Dictionary<string, DateTimeOffset>();
        Person? person = null;
        for (var i = 0; i < story.Actions.Length; i++)
        {
            if (i == extensionAt) await ExtendAsync(host, told);
            person = await ActAsync(host, story.Actions[i], person);
            await CompareAsync(host, told, story.Actions[i], $"after action {i}, {story.Actions[i]}");
        }

        await host.AssertChainAsync(Ada);
        return true;
    }

    private static async Task ExtendAsync(OrganizationHost host, Dictionary<string, DateTimeOffset> told)
    {
        host.Directory.Join(Ada, OrganizationHost.Acme);
        var extra = TimeSpan.FromDays(3);
        var result = await host.Administration.ExtendGraceAsync(OrganizationHost.Root, Ada, OrganizationHost.Acme, extra, "on holiday");
        Assert.That(result, Is.TypeOf<AdministrationResult.Done>());
        var record = await host.LastEventOfAsync(Ada);
        Assert.That((record.Name, record.Actor, record.Details["extra"], record.Details["reason"]), Is.EqualTo(("mfa_grace_extended", "root", "3.00:00:00", "on holiday")));
        foreach (var rule in told.Keys.ToList()) told[rule] += extra;
    }

    private static async Task<Person?> ActAsync(OrganizationHost host, (UserAction Action, int Number) step, Person? person)
    {
        var group = s_groups[step.Number % s_groups.Length];
        switch (step.Action)
        {
            case UserAction.SignInByPassword: await host.BeginAsync(Ada); break;
            case UserAction.SignInByMagicLink: await host.BeginAsync(Ada, SignInMethod.MagicLink, ClientKind.Desktop); break;
            case UserAction.SignInBySso: await host.BeginAsync(Ada, SignInMethod.Sso); break;
            case UserAction.SignInOnMobile: await host.BeginAsync(Ada, client: ClientKind.Mobile); break;
            case UserAction.Enroll when person is null: return await host.EnrollAsync(Ada);
            case UserAction.Reenroll when person is not null: return await host.EnrollAsync(Ada, await ProofAsync(host, person));
            case UserAction.Unregister when person is not null:
                await host.Enrollment.UnregisterAsync(Ada, await ProofAsync(host, person));
                return null;
            case UserAction.WrongCode when person is not null: await host.SignIn.StepUpAsync(Ada, MfaFactorType.Totp, person.App.WrongCodeAt(host.Now)); break;
            case UserAction.JoinGroup when host.Directory.IsMember(Ada, OrganizationHost.Acme): host.Directory.JoinGroup(Ada, OrganizationHost.Acme, group); break;
            case UserAction.LeaveGroup when host.Directory.IsMember(Ada, OrganizationHost.Acme): host.Directory.LeaveGroup(Ada, OrganizationHost.Acme, group); break;
            case UserAction.LeaveOrganization: host.Directory.Leave(Ada, OrganizationHost.Acme); break;
            case UserAction.RejoinOrganization: host.Directory.Join(Ada, OrganizationHost.Acme); break;
            case UserAction.BecomeExternal: host.Directory.Join(Ada, OrganizationHost.Acme, MembershipKind.ExternalCollaborator); break;
            case UserAction.BecomeMember: host.Directory.Join(Ada, OrganizationHost.Acme); break;
            case UserAction.Wait: host.Days(step.Number / 2.0); break;
            case UserAction.ToggleRule: await SetModeAsync(host, step.Number, rule => rule.Mode == EnforcementMode.Off ? EnforcementMode.Enforce : EnforcementMode.Off); break;
            case UserAction.ReportOnly: await SetModeAsync(host, step.Number, _ => EnforcementMode.ReportOnly); break;
            case UserAction.ChangePassword: await host.SignIn.ReportPasswordChangedAsync(Ada); break;
        }

        return person;
    }

    private static async Task<Proof> ProofAsync(OrganizationHost host, Person person)
    {
        // A lock that wrong codes have brought is over in an hour at most.
        host.Clock.Advance(TimeSpan.FromHours(1));
        return (await host.SignIn.StepUpAsync(Ada, MfaFactorType.Totp, person.App.CodeAt(host.Now))).As<StepUpResult.Proved>().Proof;
    }

    private static Task<OrganizationPolicy> SetModeAsync(OrganizationHost host, int which, Func<EnforcementRule, EnforcementMode> mode) => host.MustChangeAsync(OrganizationHost.Acme, policy =>
    {
        var rule = policy.Rules[which % policy.Rules.Length];
        return policy with { Rules = policy.Rules.Replace(rule, rule with { Mode = mode(rule) }) };
    });

    /// <summary>
    /// What the user would be told now. A deadline that runs from the first sign-in is told by a sign-in alone; before one it is only an offer.
    /// </summary>
    private static async Task CompareAsync(OrganizationHost host, Dictionary<string, DateTimeOffset> told, (UserAction Action, int Number) step, string when)
    {
        var policy = await host.PolicyAsync(OrganizationHost.Acme);
        var account = await host.StoredAsync(Ada);
        foreach (var membership in await host.Directory.MembershipsOfAsync(Ada))
        {
            foreach (var method in new[] { SignInMethod.Password, SignInMethod.MagicLink })
            {
                var request = new EnforcementRequest { Method = method, Client = ClientKind.Browser };
                var decision = EnforcementDecider.Decide(account, [new MemberPolicy(membership, policy)], request, host.Now);
                foreach (var verdict in decision.Explanation.Rules.Where(r => r.Deadline is not null))
                {
                    var rule = policy.Rules.Single(r => r.Id == verdict.RuleId);
                    var signedInUnderIt = step.Action is UserAction.SignInByPassword or UserAction.SignInByMagicLink or UserAction.SignInOnMobile;
                    if (rule.Anchor == GraceAnchor.FirstSignIn && !told.ContainsKey(rule.Id) && !(signedInUnderIt && decision.FirstSignIns.IsEmpty)) continue;
                    if (told.TryGetValue(rule.Id, out var before)) Assert.That(verdict.Deadline, Is.LessThanOrEqualTo(before), $"{when}: {verdict}");
                    told[rule.Id] = verdict.Deadline!.Value;
                }
            }
        }
    }

    private sealed record Story(ImmutableArray<EnforcementRule> Rules, ImmutableArray<(UserAction Action, int Number)> Actions)
    {
        public override string ToString() => $"rules {string.Join(Environment.NewLine, Rules)}; actions {string.Join(", ", Actions)}";
    }
}
