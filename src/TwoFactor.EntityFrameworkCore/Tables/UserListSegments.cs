using System.Globalization;
using TwoFactor.Status;

namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>A part of a list that one index finds.</summary>
/// <param name="Filter">Which members, the place where the page before ended included.</param>
/// <param name="Walked">
/// Whether the index holds them in their order, so that the walk along it ends with the page; otherwise all of them are read, and sorted.
/// </param>
/// <param name="Key">What sorts them.</param>
/// <param name="Order">What they are sorted by within it, the direction to follow each.</param>
internal sealed record UserListSegment(string Filter, bool Walked, string Key, params string[] Order);

/// <summary>
/// Divides a list into the parts that indexes hold in order: those with and those without an authenticator, or those of each status. As
/// <see cref="UserListKeys.StatusAt"/>.
/// </summary>
internal sealed class UserListSegments(TableNames members)
{
    private static readonly bool[] s_both = [true, false];
    private readonly string _user = "m." + members[nameof(MemberRow.UserId)];
    private readonly string _enrolled = "m." + members[nameof(MemberRow.Enrolled)];
    private readonly string _locked = "m." + members[nameof(MemberRow.LockedUntil)];
    private readonly string _pending = "m." + members[nameof(MemberRow.PendingUntil)];
    private readonly string _name = "m." + members[nameof(MemberRow.NameFolded)];
    private readonly string _previous = "m." + members[nameof(MemberRow.PreviousSignIn)];

    /// <summary>What sorts a list, as an expression.</summary>
    public string KeyOf(UserListSort sort) => sort switch
    {
        UserListSort.Name => _name,
        UserListSort.Status => $"CASE WHEN {_locked} > @now THEN {(int)CoarseStatus.Locked} WHEN {_enrolled} = TRUE THEN {(int)CoarseStatus.Enrolled}"
            + $" WHEN {_pending} > @now THEN {(int)CoarseStatus.Pending} ELSE {(int)CoarseStatus.NotEnrolled} END",
        _ => _previous,
    };

    /// <summary>All conditions of a slice, each beginning with AND, for rows that are few.</summary>
    public string Filter(UserListSlice slice)
    {
        var filter = slice.Enrolled is null ? "" : $" AND {_enrolled} = @enrolled";
        if (!slice.Statuses.IsEmpty) filter += $" AND {KeyOf(UserListSort.Status)} IN ({string.Join(", ", slice.Statuses.Select(status => (int)status))})";
        return slice.After is null ? filter : $"{filter} AND ({KeyOf(slice.Sort)}, {_user}) {Beyond(slice)} (@key, @after)";
    }

    /// <summary>The parts in which rows can be.</summary>
    public IEnumerable<UserListSegment> Of(UserListSlice slice)
    {
        var all = Enum.GetValues<CoarseStatus>();
        var statuses = slice.Statuses.IsEmpty ? all : [.. all.Intersect(slice.Statuses)];
        if (slice.Sort == UserListSort.Status) return statuses.SelectMany(status => WithinStatus(slice, status));
        var filters = statuses.Length == all.Length
            ? s_both.Where(enrolled => slice.Enrolled != !enrolled).Select(enrolled => (Filter: (string?)Walk(enrolled), Walked: true))
            : statuses.Select(status => (Filter: FilterOf(slice, status), Walked: status is CoarseStatus.Enrolled or CoarseStatus.NotEnrolled));
        var place = slice.After is null ? "" : $" AND ({KeyOf(slice.Sort)}, {_user}) {Beyond(slice)} (@key, @after)";
        return filters.Where(part => part.Filter is not null)
            .Select(part => new UserListSegment(part.Filter + place, part.Walked, KeyOf(slice.Sort), KeyOf(slice.Sort), _user));
    }

    private IEnumerable<UserListSegment> WithinStatus(UserListSlice slice, CoarseStatus status)
    {
        var (filter, key, place) = (FilterOf(slice, status), ((int)status).ToString(CultureInfo.InvariantCulture), false);
        if (filter is null) yield break;
        if (slice.After is { } after)
        {
            // Not a number only when it is the place in a list of another order.
            var last = long.TryParse(after.Key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : long.MinValue;
            var side = ((long)status).CompareTo(last) * (slice.Descending ? -1 : 1);
            if (side < 0) yield break;
            place = side == 0;
        }

        // Those who are locked for a time or set up are few, and sorted; the order must not lead along an index of all.
        if (status is CoarseStatus.Enrolled or CoarseStatus.NotEnrolled) yield return Segment(filter, walked: true);
        else if (status is CoarseStatus.Pending) yield return Segment(filter, walked: false);
        else
        {
            // Until an administrator unlocks them they add up, in the order of the index.
            yield return Segment($"{_locked} = {long.MaxValue}{AndEnrolled(slice)}", walked: true);
            yield return Segment($"{filter} AND {_locked} < {long.MaxValue}", walked: false);
        }

        UserListSegment Segment(string where, bool walked)
        {
            var user = walked ? _user : $"COALESCE({_user}, '')";
            return new(place ? $"{where} AND {user} {Beyond(slice)} @after" : where, walked, key, user);
        }
    }

    /// <summary>Those of a status; null when the slice wants none of them. The first condition chooses the index, the others cannot.</summary>
    private string? FilterOf(UserListSlice slice, CoarseStatus status) => status switch
    {
        CoarseStatus.Locked => $"{_locked} > @now{AndEnrolled(slice)}",
        CoarseStatus.Enrolled => slice.Enrolled == false ? null : $"{Walk(true)} AND {HasPassed(_locked)}",
        CoarseStatus.Pending => slice.Enrolled == true ? null : $"{_pending} > @now AND {HasPassed(_locked)} AND {Is(false)}",
        _ => slice.Enrolled == true ? null : $"{Walk(false)} AND {HasPassed(_locked)} AND {HasPassed(_pending)}",
    };

    private string Walk(bool enrolled) => $"{_enrolled} = {(enrolled ? "TRUE" : "FALSE")}";

    private string AndEnrolled(UserListSlice slice) => slice.Enrolled is { } enrolled ? $" AND {Is(enrolled)}" : "";

    private string Is(bool enrolled) => $"CASE WHEN {_enrolled} = TRUE THEN 1 ELSE 0 END = {(enrolled ? 1 : 0)}";

    private static string HasPassed(string until) => $"{until} - @now <= 0";

    private static string Beyond(UserListSlice slice) => slice.Descending ? "<" : ">";
}
