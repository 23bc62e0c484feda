using System.Collections.Immutable;
using System.Text;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;

namespace TwoFactor.Tests.Enforcement;

/// <summary>Everything that a decision depends on.</summary>
internal sealed record World(Account Account, ImmutableArray<MemberPolicy> Members, EnforcementRequest Request, DateTimeOffset Now)
{
    public EnforcementDecision Decide() => EnforcementDecider.Decide(Account, Members, Request, Now);

    /// <summary>The rules of all organisations with where they stand.</summary>
    public IEnumerable<(MemberPolicy Member, EnforcementRule Rule)> Rules => Members.SelectMany(m => m.Policy.Rules.Select(rule => (m, rule)));

    public World WithAccount(Func<Account, Account> change) => this with { Account = change(Account) };

    public World WithRequest(Func<EnforcementRequest, EnforcementRequest> change) => this with { Request = change(Request) };

    /// <summary>The same with other rules in the policies.</summary>
    public World WithRules(Func<OrganizationId, EnforcementRule, EnforcementRule?> change) => this with
    {
        Members = [.. Members.Select(m => m with
        {
            Policy = m.Policy with { Rules = [.. m.Policy.Rules.Select(rule => change(m.Policy.OrganizationId, rule)).OfType<EnforcementRule>()] },
        })],
    };

    /// <summary>The same without some rules.</summary>
    public World Without(IEnumerable<RuleVerdict> rules)
    {
        var names = rules.Select(r => (r.OrganizationId, r.RuleId)).ToHashSet();
        return WithRules((organization, rule) => names.Contains((organization, rule.Id)) ? null : rule);
    }

    /// <summary>What FsCheck prints of a counterexample.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().AppendLine().Append($"at {Now:O}: {Request.Method}, {Request.Client}, activation {Request.IsActivation}, ");
        text.AppendLine(Request.Upstream is { } u ? $"upstream {string.Join(' ', u.Amr)} of {u.AuthenticatedAt:O}" : "no upstream");
        text.AppendLine($"{(Account.Active is null ? "not enrolled" : "enrolled")}; extensions {string.Join(", ", Account.GraceExtensions)}; "
            + $"exemptions {string.Join(", ", Account.Exemptions)}; first sign-ins {string.Join(", ", Account.FirstSignIns)}");
        foreach (var (membership, policy) in Members)
        {
            text.AppendLine($"{membership.OrganizationId}: {membership.Kind} since {membership.SubjectSince:O} of {membership.IdentityProvider ?? "no provider"}, groups "
                + string.Join(", ", membership.Groups.Select(g => $"{g.Key} since {g.Value:O}")));
            text.AppendLine("  " + Encoding.UTF8.GetString(PolicySerializer.Serialize(new Organization { Id = policy.OrganizationId, Policy = policy })));
        }

        return text.ToString();
    }
}
