using System.Collections.Immutable;
using System.Globalization;
using TwoFactor.Accounts;

namespace TwoFactor.Auditing;

/// <summary>The details of what every sign-in records, with what they have in common made once.</summary>
internal static class UsualDetails
{
    private static readonly ImmutableArray<ImmutableSortedDictionary<string, string>> s_challenges = [.. Enum.GetValues<SignInMethodKind>().Select(kind => Method(Name(kind)))];

    // In this order "offset" is the root of the tree, so that adding "step" copies it alone.
    private static readonly ImmutableArray<ImmutableSortedDictionary<string, string>> s_signIns =
        [.. Enum.GetValues<SignInMethodKind>().Select(kind => AuditEvent.NoDetails.Add("offset", "0").Add("method", Name(kind)))];

    /// <summary>Of a challenge that was issued after a first factor.</summary>
    public static ImmutableSortedDictionary<string, string> OfChallenge(SignInMethod method) =>
        IsUsual(method) ? s_challenges[IndexOf(method)] : Method(PlainText.Escape(method.ToString()));

    /// <summary>Of a sign-in by a code of the current step.</summary>
    public static ImmutableSortedDictionary<string, string> OfSignIn(SignInMethod method, long step)
    {
        var usual = IsUsual(method) ? s_signIns[IndexOf(method)] : s_signIns[0].SetItem("method", PlainText.Escape(method.ToString()));
        return usual.Add("step", step.ToString(CultureInfo.InvariantCulture));
    }

    private static ImmutableSortedDictionary<string, string> Method(string method) => AuditEvent.NoDetails.Add("method", method);

    private static bool IsUsual(SignInMethod method) => method.Provider is null && Enum.IsDefined(method.Kind);

    // The kinds are numbered from 1 without a gap.
    private static int IndexOf(SignInMethod method) => (int)method.Kind - 1;

    private static string Name(SignInMethodKind kind) => Enum.GetName(kind)!;
}
