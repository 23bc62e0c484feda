using System.Globalization;
using TwoFactor.Enforcement;

namespace TwoFactor.Sample.Web.Services.Texts;

/// <summary>Rules and how they stand for a user, in words.</summary>
public static class RuleText
{
    /// <summary>What comes before a group's name in the id of its rule.</summary>
    public const string GroupPrefix = "group:";

    public const string Everyone = "everyone";

    public const string External = "external-collaborators";

    /// <summary>Whom a rule is for, by its id.</summary>
    public static string NameOf(string ruleId)
    {
        ArgumentNullException.ThrowIfNull(ruleId);
        return ruleId switch
        {
            Everyone => "All users",
            External => "External collaborators",
            _ when ruleId.StartsWith(GroupPrefix, StringComparison.Ordinal) => $"Group \u201c{ruleId[GroupPrefix.Length..]}\u201d",
            _ => ruleId,
        };
    }

    /// <summary>A sentence about a rule's part; with a moment, that ends it.</summary>
    public static (string Words, DateTimeOffset? At) StandingOf(RuleVerdict verdict, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        return verdict.Standing switch
        {
            RuleStanding.Decides when verdict.Deadline is { } deadline => now < deadline
                ? ("Binds this user: two-factor authentication must be set up by", deadline)
                : ("Binds this user: the time to set up ended", deadline),
            RuleStanding.Outweighed when verdict.Deadline is { } deadline => ("Binds this user as well, but another rule decides; its own deadline is", deadline),
            RuleStanding.ReportsOnly when verdict.Deadline is { } deadline => ("Only reports; enforced, it would ask for set-up by", deadline),
            RuleStanding.Satisfied => ("Met: this user has set up two-factor authentication.", null),
            RuleStanding.Off => ("Turned off.", null),
            RuleStanding.NotStarted => ("Has not begun yet.", null),
            RuleStanding.NotTargeted => ("Does not concern this user.", null),
            RuleStanding.GroupExcluded => ("Excludes a group of this user.", null),
            RuleStanding.UserExcluded => ("Excludes this user for a while.", null),
            RuleStanding.Exempted => ("This user is exempt for a while.", null),
            RuleStanding.MethodNotCovered => ("Does not cover signing in by password.", null),
            RuleStanding.MethodExempt => ("Signing in by password is exempt.", null),
            _ => ("Binds this user.", null),
        };
    }

    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
