using System.Collections.Immutable;
using System.Globalization;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Enforcement;

namespace TwoFactor.Administration;

/// <summary>What the audit trail says of a changed policy: the versions, and the policy before and after.</summary>
internal static class PolicyChange
{
    public static AuditDraft Describe(UserId actor, OrganizationPolicy before, OrganizationPolicy after)
    {
        var details = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        details.Add("from_version", before.Version.ToString(CultureInfo.InvariantCulture));
        details.Add("to_version", after.Version.ToString(CultureInfo.InvariantCulture));
        details.Add("before", PlainText.Escape(PolicySerializer.ToJson(before)));
        details.Add("after", PlainText.Escape(PolicySerializer.ToJson(after)));
        return new AuditDraft(AuditNames.PolicyChanged, actor.Value, null, details.ToImmutable());
    }
}
