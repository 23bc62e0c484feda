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
    private readonly Func<StoreBinding> _bind;

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
        if (slice.Count <= 0 || (slice.Search is { } search && IsInNoText(search))) return [];
        List<(string, object?)> values = [("@organization", slice.Organization.Value), ("@count", slice.Count), ("@now", slice.Now.UtcTicks)];
        if (slice.Search is { Length: > 0 }) values.Add(("@search", Pattern(slice.Search)));
        if (slice.Enrolled is { } enrolled) values.Add(("@enrolled", enrolled));
        if (slice.After is { } after) values.AddRange([("@key", Key(slice.Sort, after)), ("@after", after.UserId.Value)]);
        return [.. await RowsAsync(statements => statements.Page(slice), [.. values], cancellationToken).ConfigureAwait(false)];
    }

    /// <inheritdoc/>
    public async ValueTask<UserListRow?> FindAsync(OrganizationId organization, UserId user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await RowsAsync(
            statements => statements.One, [("@organization", organization.Value), ("@user", user.Value)], cancellationToken).ConfigureAwait(false);
        return rows.SingleOrDefault();
    }

    private async ValueTask<IEnumerable<UserListRow>> RowsAsync(
        Func<UserListStatements, string> statement, (string, object?)[] values, CancellationToken cancellationToken)
    {
        var binding = _bind();
        using var turn = await binding.Database.EnterReadAsync(cancellationToken).ConfigureAwait(false);
        await using var connection = await binding.ConnectAsync(cancellationToken).ConfigureAwait(false);
        using var command = connection.CreateCommand(statement(binding.UserList), values);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var read = await MembershipColumns.ReadAsync(rows, Read, cancellationToken).ConfigureAwait(false);
        return read.Select(row => new UserListRow(row.More.User, row.Membership, row.More.Account));
    }

    private static (DirectoryUser User, Account Account) Read(DbDataReader row, UserId user)
    {
        var shown = row.IsDBNull(MembershipColumns.Count)
            ? new DirectoryUser(user, user.Value, "")
            : new DirectoryUser(user, row.GetString(MembershipColumns.Count), row.GetString(MembershipColumns.Count + 1));
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

    private static bool IsInNoText(string search) =>
        search.Length > Math.Max(DirectoryModel.MaxNameLength, DirectoryModel.MaxEmailLength) || !DirectoryText.IsStorable(search);

    private static string Pattern(string search)
    {
        var literal = UserListCursor.FoldName(search)
            .Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
        return $"%{literal}%";
    }
}
