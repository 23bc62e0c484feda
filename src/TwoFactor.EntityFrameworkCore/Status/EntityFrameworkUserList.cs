using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TwoFactor.Accounts;
using TwoFactor.EntityFrameworkCore.Databases;
using TwoFactor.EntityFrameworkCore.Tables;
using TwoFactor.Organizations;
using TwoFactor.Status;

// One namespace for all that a host names.
#pragma warning disable IDE0130
namespace TwoFactor.EntityFrameworkCore;
#pragma warning restore IDE0130

/// <summary>
/// User lists over the tables of <see cref="EntityFrameworkDirectory"/> and <see cref="EntityFrameworkAccountStore"/>, each page by one query.
/// Safe for concurrent use.
/// </summary>
public sealed class EntityFrameworkUserList : IUserListSource
{
    // Sorts after every letter and digit, so that a word and this end the words that begin with it.
    private const string BeyondAllWords = "\U0010FFFF";
    private readonly Func<StoreBinding> _bind;

    /// <summary>
    /// How many users a word may find for them to be gathered and sorted, which costs with their number. Beyond, the list is walked in its order until
    /// a page is found, which is soon with words so common, and at worst all of the organisation.
    /// </summary>
    internal int GatherAtMost { get; init; } = 50_000;

    /// <summary>How many members an organisation may have for a walk through all of them to be no worse than gathering more users than those.</summary>
    internal int WalkAtMost { get; init; } = 5_000;

    /// <summary>Lists over a context outside dependency injection; inside, use <c>AddEntityFrameworkDirectory</c>.</summary>
    /// <param name="createContext">Makes a context with the two-factor tables. It is called once, at first use, and the context is disposed of.</param>
    public EntityFrameworkUserList(Func<DbContext> createContext) : this(StoreBinding.OnFirstUse(createContext))
    {
    }

    internal EntityFrameworkUserList(Func<StoreBinding> bind) => _bind = bind;

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<UserListRow>> ReadAsync(UserListSlice slice, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(slice);
        var search = UserSearch.Parse(slice.Search);
        if (slice.Count <= 0 || search is { Words.IsEmpty: true }) return [];
        var words = search is null ? [] : search.Words;
        List<(string, object?)> values =
        [
            ("@organization", slice.Organization.Value), ("@count", slice.Count), ("@now", slice.Now.UtcTicks), ("@enrolled", slice.Enrolled ?? false),
        ];
        if (slice.After is { } after) values.AddRange([("@key", Key(slice.Sort, after)), ("@after", after.UserId.Value)]);
        for (var i = 0; i < words.Length; i++) values.AddRange([($"@like{i}", $"% {words[i]}%"), ($"@from{i}", words[i]), ($"@to{i}", words[i] + BeyondAllWords)]);

        var binding = _bind();
        using var turn = await binding.Database.EnterReadAsync(cancellationToken).ConfigureAwait(false);
        await using var connection = await binding.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await binding.Database.PrepareToListAsync(connection, cancellationToken).ConfigureAwait(false);
        var gather = words.IsEmpty ? null : await RareWordAsync(connection, binding.UserList, words.Length, values, cancellationToken).ConfigureAwait(false);
        if (binding.UserList.Page(slice, words.Length, gather) is not { } page) return [];
        return [.. await RowsAsync(connection, page, values, cancellationToken).ConfigureAwait(false)];
    }

    /// <inheritdoc/>
    public async ValueTask<UserListRow?> FindAsync(OrganizationId organization, UserId user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var binding = _bind();
        using var turn = await binding.Database.EnterReadAsync(cancellationToken).ConfigureAwait(false);
        await using var connection = await binding.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var rows = await RowsAsync(
            connection, binding.UserList.One, [("@organization", organization.Value), ("@user", user.Value)], cancellationToken).ConfigureAwait(false);
        return rows.SingleOrDefault();
    }

    /// <summary>The word that finds the fewest users, when to gather and sort those is better than to walk along the organisation's list.</summary>
    private async ValueTask<int?> RareWordAsync(
        DbConnection connection, UserListStatements statements, int words, List<(string, object?)> values, CancellationToken cancellationToken)
    {
        using var command = Command(connection, statements.CountWords(words), [.. values, ("@most", GatherAtMost + 1), ("@members", WalkAtMost + 1)]);
        await using var row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await row.ReadAsync(cancellationToken).ConfigureAwait(false);
        return Choose([.. Enumerable.Range(0, words).Select(row.GetInt64)], row.GetInt64(words));
    }

    /// <param name="found">How many users each word finds, up to one more than <see cref="GatherAtMost"/>.</param>
    /// <param name="members">How many members the organisation has, up to one more than <see cref="WalkAtMost"/>.</param>
    internal int? Choose(long[] found, long members)
    {
        var rarest = Array.IndexOf(found, found.Min());
        return found[rarest] <= (members > WalkAtMost ? GatherAtMost : members) ? rarest : null;
    }

    private static async ValueTask<IEnumerable<UserListRow>> RowsAsync(
        DbConnection connection, string sql, List<(string, object?)> values, CancellationToken cancellationToken)
    {
        using var command = Command(connection, sql, values);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var read = await MembershipColumns.ReadAsync(rows, Read, cancellationToken).ConfigureAwait(false);
        return read.Select(row => new UserListRow(row.More.User, row.Membership, row.More.Account));
    }

    private static DbCommand Command(DbConnection connection, string sql, List<(string Name, object? Value)> values) =>
        connection.CreateCommand(sql, [.. values.Where(value => sql.Contains(value.Name, StringComparison.Ordinal))]);

    private static (DirectoryUser User, Account Account) Read(DbDataReader row, UserId user)
    {
        var shown = new DirectoryUser(user, row.GetString(MembershipColumns.Count), row.GetString(MembershipColumns.Count + 1));
        if (row.IsDBNull(MembershipColumns.Count + 2)) return (shown, Account.NewFor(user));
        var account = AccountSerializer.Deserialize(row.GetFieldValue<byte[]>(MembershipColumns.Count + 2));
        return account.UserId == user
            ? (shown, account)
            : throw new InvalidDataException($"The row stored for '{user}' holds the account of another user.");
    }

    private static object Key(UserListSort sort, UserListCursor after)
    {
        if (sort == UserListSort.Name) return DirectoryText.Storable(after.Key);
        // Not a number only when it is the place in a list of another order.
        return long.TryParse(after.Key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : long.MinValue;
    }
}
