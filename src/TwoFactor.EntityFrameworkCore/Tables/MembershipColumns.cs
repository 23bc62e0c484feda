using System.Data.Common;
using TwoFactor.Accounts;
using TwoFactor.Organizations;

namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>Memberships as rows, one for each group of a member, those left included, and one for a member without.</summary>
internal static class MembershipColumns
{
    /// <summary>The first column that is not the membership's.</summary>
    public const int Count = 8;

    private static readonly string[] s_ofMember =
    [
        nameof(MemberRow.Organization), nameof(MemberRow.UserId), nameof(MemberRow.Kind), nameof(MemberRow.IdentityProvider), nameof(MemberRow.SubjectSince),
    ];

    private static readonly string[] s_ofGroup = [nameof(MemberGroupRow.Group), nameof(MemberGroupRow.Since), nameof(MemberGroupRow.Active)];

    /// <summary>The columns, of a member called <c>m</c> and its groups called <c>g</c>.</summary>
    public static string List(TableNames members, TableNames groups) =>
        $"{OfMember(members)}, {string.Join(", ", s_ofGroup.Select(column => "g." + groups[column]))}";

    /// <summary>Those of the member alone.</summary>
    public static string OfMember(TableNames members) => string.Join(", ", s_ofMember.Select(column => "m." + members[column]));

    /// <summary>No index is searched for NULL, so a member who never was in a group costs no search.</summary>
    public static string JoinGroups(TableNames members, TableNames groups) =>
        $"LEFT JOIN {groups.Table} g ON g.{groups[nameof(MemberGroupRow.Organization)]} = m.{members[nameof(MemberRow.Organization)]}"
        + $" AND g.{groups[nameof(MemberGroupRow.UserId)]} = CASE WHEN m.{members[nameof(MemberRow.Grouped)]} = TRUE THEN m.{members[nameof(MemberRow.UserId)]} END";

    /// <summary>Reads rows in which those of one membership follow each other.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="more">Reads further columns, once for each membership.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="InvalidDataException">A row holds what no membership can be.</exception>
    public static async ValueTask<List<(Membership Membership, TMore More)>> ReadAsync<TMore>(
        DbDataReader rows, Func<DbDataReader, UserId, TMore> more, CancellationToken cancellationToken)
    {
        var read = new List<(Membership Membership, TMore More)>();
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (read.Count == 0 || !IsOf(rows, read[^1].Membership))
            {
                var membership = Read(rows);
                read.Add((membership, more(rows, membership.UserId)));
            }

            if (rows.IsDBNull(5)) continue;
            var (last, with) = read[^1];
            read[^1] = (With(last, rows.GetString(5), TimeOf(rows, 6), rows.GetBoolean(7)), with);
        }

        return read;
    }

    private static Membership With(Membership membership, string group, DateTimeOffset since, bool active) => active
        ? membership with { Groups = membership.Groups.SetItem(group, since) }
        : membership with { FormerGroups = membership.FormerGroups.SetItem(group, since) };

    private static bool IsOf(DbDataReader row, Membership membership) =>
        row.GetString(0) == membership.OrganizationId.Value && row.GetString(1) == membership.UserId.Value;

    private static Membership Read(DbDataReader row)
    {
        var kind = (MembershipKind)row.GetInt32(2);
        try
        {
            return new Membership
            {
                OrganizationId = new OrganizationId(row.GetString(0)),
                UserId = new UserId(row.GetString(1)),
                Kind = Enum.IsDefined(kind) ? kind : throw new InvalidDataException($"The stored membership of '{row.GetString(1)}' has kind {kind}, which is none."),
                IdentityProvider = row.IsDBNull(3) ? null : row.GetString(3),
                SubjectSince = TimeOf(row, 4),
            };
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"The stored membership of '{row.GetString(1)}' in '{row.GetString(0)}' is damaged.", e);
        }
    }

    private static DateTimeOffset TimeOf(DbDataReader row, int column)
    {
        var milliseconds = row.GetInt64(column);
        try
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new InvalidDataException($"The stored membership of '{row.GetString(1)}' has a time that is none: {milliseconds}.", e);
        }
    }
}
