using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Endpoints.Contracts;
using TwoFactor.AspNetCore.Problems;
using TwoFactor.Enforcement;
using TwoFactor.Lockout;
using TwoFactor.Organizations;

namespace TwoFactor.AspNetCore.Endpoints;

/// <summary>
/// A document as a policy. What the document says wrongly is noted, and makes the policy one that the core refuses, so that the question who may change it
/// comes first all the same.
/// </summary>
internal sealed class PolicyReader
{
    private const int Unreadable = -1;
    private readonly ImmutableArray<FieldFault>.Builder _faults = ImmutableArray.CreateBuilder<FieldFault>();

    public OrganizationPolicy Read(PolicyDocument document, OrganizationId organization)
    {
        var policy = new OrganizationPolicy
        {
            OrganizationId = organization,
            Version = document.Version,
            Rules = Each(document.Rules, "$.rules", Read),
            Methods = Each(document.Methods, "$.methods", Read),
            Sso = Name<SsoMode>(document.Sso, "$.sso"),
            AfterGrace = Name<AfterGrace>(document.AfterGrace, "$.afterGrace"),
            EnrollmentClients = Names<ClientKind>(document.EnrollmentClients, "$.enrollmentClients"),
            Lockout = document.Lockout is { } lockout ? Read(lockout) : null,
            TrustedDeviceDays = document.TrustedDeviceDays,
        };
        return _faults.Count == 0 ? policy : policy with { Schema = Unreadable };
    }

    /// <summary>The faults noted, and those that the core found.</summary>
    public ImmutableArray<FieldFault> FaultsWith(ImmutableArray<PolicyError> errors) =>
        [.. _faults, .. errors.Where(error => error.Field != "Schema").Select(error => new FieldFault(PathOf(error.Field), error.Message))];

    private EnforcementRule Read(RuleDocument rule, string path) => new()
    {
        Id = rule.Id,
        Target = Target(rule, path),
        ExcludedGroups = Texts(rule.ExcludedGroups, path + ".excludedGroups"),
        ExcludedUsers = Each(rule.ExcludedUsers, path + ".excludedUsers", Read),
        Start = rule.Start,
        Grace = Spans.OfSeconds(rule.GraceSeconds),
        Anchor = Name<GraceAnchor>(rule.Anchor, path + ".anchor"),
        Methods = Names<SignInMethodKind>(rule.Methods, path + ".methods"),
        Mode = Name<EnforcementMode>(rule.Mode, path + ".mode"),
    };

    private RuleTarget Target(RuleDocument rule, string path)
    {
        var groups = Texts(rule.Groups, path + ".groups");
        if (rule.Target != "groups" && !groups.IsEmpty) Note(path + ".groups", "Only the target groups has groups.");
        return rule.Target switch
        {
            "everyone" => new RuleTarget.Everyone(),
            "groups" => new RuleTarget.InGroups(groups),
            "external_collaborators" => new RuleTarget.ExternalCollaborators(),
            _ => Note<RuleTarget>(path + ".target", "One of everyone, external_collaborators, groups.", new RuleTarget.Everyone()),
        };
    }

    private UserExclusion Read(ExclusionDocument exclusion, string path)
    {
        if (!UserId.TryCreate(exclusion.UserId, out var user)) Note(path + ".userId", "It must be the id of a user.");
        return new UserExclusion(user, exclusion.Until, exclusion.Reason);
    }

    private MethodRule Read(MethodDocument row, string path) => new(
        row.Method is null ? null : Name<SignInMethodKind>(row.Method, path + ".method"),
        row.Kind is null ? null : Name<MembershipKind>(row.Kind, path + ".kind"),
        row.IdentityProvider,
        Requirement(row, path));

    private MethodRequirement Requirement(MethodDocument row, string path)
    {
        var amr = Texts(row.Amr, path + ".amr");
        if (row.Requirement == "accept_upstream")
        {
            if (row.MaxAgeSeconds is null) Note(path + ".maxAgeSeconds", "It must be given with accept_upstream.");
            return new MethodRequirement.AcceptUpstream(amr, Spans.OfSeconds(row.MaxAgeSeconds ?? 0));
        }

        if (!amr.IsEmpty) Note(path + ".amr", "Only accept_upstream has one.");
        if (row.MaxAgeSeconds is not null) Note(path + ".maxAgeSeconds", "Only accept_upstream has one.");
        return row.Requirement switch
        {
            "exempt" => new MethodRequirement.Exempt(),
            "require" => new MethodRequirement.Require(),
            _ => Note<MethodRequirement>(path + ".requirement", "One of accept_upstream, exempt, require.", new MethodRequirement.Require()),
        };
    }

    private LockoutPolicy Read(LockoutDocument lockout) => new()
    {
        ChallengeAttempts = lockout.ChallengeAttempts,
        CodeFailures = lockout.CodeFailures,
        CodeRelease = Release(lockout.CodeRelease, "$.lockout.codeRelease"),
        RollingCaps = Each(lockout.RollingCaps, "$.lockout.rollingCaps", (cap, _) => new RollingCap(cap.Limit, Spans.OfSeconds(cap.WindowSeconds))),
        HardLimit = lockout.HardLimit,
        PasswordFailures = lockout.PasswordFailures,
        PasswordRelease = Release(lockout.PasswordRelease, "$.lockout.passwordRelease"),
    };

    private LockReleasePolicy Release(ReleaseDocument release, string path) => release.Kind switch
    {
        "admin_only" => new LockReleasePolicy.AdminOnly(),
        "after" => new LockReleasePolicy.After(Spans.OfSeconds(release.DurationSeconds), release.Factor, Spans.OfSeconds(release.MaxSeconds)),
        _ => Note<LockReleasePolicy>(path + ".kind", "One of admin_only, after.", new LockReleasePolicy.AdminOnly()),
    };

    private ImmutableArray<TOut> Each<TIn, TOut>(ImmutableArray<TIn> documents, string path, Func<TIn, string, TOut> read) where TIn : class where TOut : class
    {
        var results = ImmutableArray.CreateBuilder<TOut>(documents.Length);
        for (var i = 0; i < documents.Length; i++)
        {
            // A null in a list is nothing that a nullable annotation refuses.
            if (documents[i] is { } document) results.Add(read(document, $"{path}[{i}]"));
            else Note($"{path}[{i}]", "It must not be null.");
        }

        return results.ToImmutable();
    }

    private ImmutableArray<string> Texts(ImmutableArray<string> texts, string path) => Each(texts, path, (text, _) => text);

    private ImmutableArray<T> Names<T>(ImmutableArray<string> names, string path) where T : struct, Enum =>
        [.. Each(names, path, (name, at) => (object)Name<T>(name, at)).Cast<T>()];

    private T Name<T>(string name, string path) where T : struct, Enum
    {
        if (!WireNames.TryParse<T>(name, out var value)) Note(path, $"One of {WireNames.Listed<T>()}.");
        return value;
    }

    private void Note(string path, string message) => _faults.Add(new(path, message));

    private T Note<T>(string path, string message, T instead)
    {
        Note(path, message);
        return instead;
    }

    /// <summary><c>Rules[managers].Grace</c> as <c>$.rules[managers].graceSeconds</c>: the rule by its id, for the core knows no index.</summary>
    private static string PathOf(string field)
    {
        // An id can hold a dot; what follows the last bracket cannot.
        var end = field.LastIndexOf(']') + 1;
        var (head, tail) = (field[..end], field[end..]);
        return "$." + Lower(head) + string.Join('.', tail.Split('.').Select(part => Lower(part) switch
        {
            "grace" => "graceSeconds",
            "maxAge" => "maxAgeSeconds",
            var name => name,
        }));
    }

    private static string Lower(string name) => name.Length == 0 ? "" : char.ToLowerInvariant(name[0]) + name[1..];
}
