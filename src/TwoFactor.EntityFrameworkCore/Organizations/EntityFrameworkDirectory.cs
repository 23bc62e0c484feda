using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
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
/// Users and memberships in the database of an Entity Framework Core context, for a host that does not keep them itself, or copies them from
/// where it does. First times of joining survive leaving and rejoining. Times are kept to the millisecond. Safe for concurrent use.
/// </summary>
public sealed class EntityFrameworkDirectory : IMembershipSource, IMemberPages
{
    private const int PageSize = 500;
    private readonly Func<StoreBinding> _bind;

    /// <summary>A directory over a context outside dependency injection; inside, use <c>AddEntityFrameworkDirectory</c>.</summary>
    /// <param name="createContext">Makes a context with the two-factor tables. It is called once, at first use, and the context is disposed of.</param>
    public EntityFrameworkDirectory(Func<DbContext> createContext) : this(StoreBinding.OnFirstUse(createContext))
    {
    }

    internal EntityFrameworkDirectory(Func<StoreBinding> bind) => _bind = bind;

    /// <summary>Adds a user, or changes name and e-mail address.</summary>
    /// <exception cref="ArgumentException">The name is longer than 256 characters, the address than 320, or one is ill-formed or holds U+0000.</exception>
    public ValueTask PutAsync(DirectoryUser user, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        ThrowIfDefault(user.Id, nameof(user));
        DirectoryText.Require(user.Name, DirectoryModel.MaxNameLength, nameof(user));
        DirectoryText.Require(user.Email, DirectoryModel.MaxEmailLength, nameof(user));
        var words = UserSearch.WordsOf(user.Name, user.Email);
        (string, object?)[] shown = [("@user", user.Id.Value), ("@name", user.Name), ("@folded", UserListCursor.FoldName(user.Name)), ("@email", user.Email)];
        return WriteAsync(
            user.Id,
            async (transaction, statements) =>
            {
                await ChangeWordsAsync(transaction, statements, user.Id, words, cancellationToken).ConfigureAwait(false);
                await ExecuteAsync(transaction, statements.PutUser, [.. shown, ("@words", Spaced(words))], cancellationToken).ConfigureAwait(false);
                await ExecuteAsync(transaction, statements.NameMembers, shown, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);
    }

    /// <summary>Lets a user join an organisation, or changes how; groups stay as they are. The first time of joining stays.</summary>
    public ValueTask JoinAsync(
        OrganizationId organization, UserId user, DateTimeOffset at, MembershipKind kind = MembershipKind.Member, string? identityProvider = null,
        CancellationToken cancellationToken = default)
    {
        ThrowIfDefault(organization, user);
        if (!Enum.IsDefined(kind)) throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of membership.");
        if (identityProvider is not null) DirectoryText.Require(identityProvider, DirectoryModel.MaxNameLength, nameof(identityProvider));
        // The id stands for a name that is not known.
        var (folded, words) = (UserListCursor.FoldName(user.Value), UserSearch.WordsOf(user.Value, ""));
        (string, object?)[] unknown = [("@user", user.Value), ("@folded", folded), ("@words", Spaced(words))];
        (string, object?)[] values =
        [
            ("@organization", organization.Value), ("@user", user.Value), ("@kind", (int)kind), ("@provider", identityProvider),
            ("@at", at.ToUnixTimeMilliseconds()), ("@folded", folded),
        ];
        return WriteAsync(
            user,
            async (transaction, statements) =>
            {
                using var add = transaction.CreateCommand(statements.PutUnknownUser, unknown);
                if (await add.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 1)
                    await ExecuteForEachAsync(transaction, statements.AddWord, user, words, cancellationToken).ConfigureAwait(false);
                await ExecuteAsync(transaction, statements.Join, values, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);
    }

    /// <summary>Lets a user leave an organisation, and with it all its groups.</summary>
    public ValueTask LeaveAsync(OrganizationId organization, UserId user, CancellationToken cancellationToken = default)
    {
        ThrowIfDefault(organization, user);
        (string, object?)[] values = [("@organization", organization.Value), ("@user", user.Value)];
        return WriteAsync(
            user,
            async (transaction, statements) =>
            {
                await ExecuteAsync(transaction, statements.LeaveGroups, values, cancellationToken).ConfigureAwait(false);
                await ExecuteAsync(transaction, statements.Leave, values, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);
    }

    /// <summary>Puts a member into a group. The first time of joining stays.</summary>
    /// <exception cref="InvalidOperationException">The user does not belong to the organisation.</exception>
    public ValueTask JoinGroupAsync(
        OrganizationId organization, UserId user, string group, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        ChangeGroupAsync(organization, user, group, statements => [statements.MarkGrouped, statements.JoinGroup], [("@at", at.ToUnixTimeMilliseconds())], cancellationToken);

    /// <summary>Takes a member out of a group.</summary>
    /// <exception cref="InvalidOperationException">The user does not belong to the organisation.</exception>
    public ValueTask LeaveGroupAsync(OrganizationId organization, UserId user, string group, CancellationToken cancellationToken = default) =>
        ChangeGroupAsync(organization, user, group, statements => [statements.LeaveGroup], [], cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<Membership>> GetMembershipsAsync(UserId userId, CancellationToken cancellationToken)
    {
        ThrowIfDefault(userId, nameof(userId));
        return [.. await ReadAsync(statements => statements.SelectOfUser, [("@user", userId.Value)], cancellationToken).ConfigureAwait(false)];
    }

    /// <inheritdoc/>
    /// <remarks>It is read in pages, so nothing is kept open while the caller works on a member.</remarks>
    public async IAsyncEnumerable<Membership> GetMembersAsync(
        OrganizationId organizationId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ThrowIfDefault(organizationId, nameof(organizationId));
        var after = "";
        while (true)
        {
            var page = await ReadAsync(
                statements => statements.SelectPage, [("@organization", organizationId.Value), ("@after", after), ("@count", PageSize)], cancellationToken)
                .ConfigureAwait(false);
            foreach (var membership in page) yield return membership;
            if (page.Count < PageSize) yield break;
            after = page[^1].UserId.Value;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<MemberRecord>> ReadMembersAsync(
        OrganizationId organizationId, UserId? after, int count, CancellationToken cancellationToken)
    {
        ThrowIfDefault(organizationId, nameof(organizationId));
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var memberships = await ReadAsync(
            statements => statements.SelectPageWithAll,
            [("@organization", organizationId.Value), ("@after", after?.Value ?? ""), ("@count", count)], cancellationToken).ConfigureAwait(false);
        // They come ordered by user.
        return [.. memberships.GroupBy(membership => membership.UserId).Select(user => new MemberRecord(user.Key, [.. user]))];
    }

    private ValueTask ChangeGroupAsync(
        OrganizationId organization, UserId user, string group, Func<DirectoryStatements, string[]> changes, (string, object?)[] more,
        CancellationToken cancellationToken)
    {
        ThrowIfDefault(organization, user);
        ArgumentException.ThrowIfNullOrEmpty(group);
        DirectoryText.Require(group, DirectoryModel.MaxNameLength, nameof(group));
        (string, object?)[] member = [("@organization", organization.Value), ("@user", user.Value)];
        return WriteAsync(
            user,
            async (transaction, statements) =>
            {
                using var command = transaction.CreateCommand(statements.IsMember, member);
                var found = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
                if (Convert.ToInt64(found, CultureInfo.InvariantCulture) == 0)
                    throw new InvalidOperationException($"'{user}' does not belong to '{organization}': call JoinAsync first.");
                foreach (var change in changes(statements))
                    await ExecuteAsync(transaction, change, [.. member, ("@group", group), .. more], cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);
    }

    private async ValueTask<List<Membership>> ReadAsync(
        Func<DirectoryStatements, string> statement, (string, object?)[] values, CancellationToken cancellationToken)
    {
        var binding = _bind();
        using var turn = await binding.Database.EnterReadAsync(cancellationToken).ConfigureAwait(false);
        await using var connection = await binding.ConnectAsync(cancellationToken).ConfigureAwait(false);
        using var command = connection.CreateCommand(statement(binding.Directory), values);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var read = await MembershipColumns.ReadAsync(rows, static (_, _) => true, cancellationToken).ConfigureAwait(false);
        return read.ConvertAll(row => row.Membership);
    }

    private async ValueTask WriteAsync(UserId user, Func<DbTransaction, DirectoryStatements, ValueTask> write, CancellationToken cancellationToken)
    {
        var binding = _bind();
        using var turn = await binding.Database.EnterWriteAsync(cancellationToken).ConfigureAwait(false);
        await using var connection = await binding.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await binding.Database.BeginAsync(connection, user, cancellationToken).ConfigureAwait(false);
        await write(transaction, binding.Directory).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private static async ValueTask ExecuteAsync(DbTransaction transaction, string sql, (string, object?)[] values, CancellationToken cancellationToken)
    {
        using var command = transaction.CreateCommand(sql, values);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask ChangeWordsAsync(
        DbTransaction transaction, DirectoryStatements statements, UserId user, ImmutableArray<string> words, CancellationToken cancellationToken)
    {
        using var select = transaction.CreateCommand(statements.SelectWords, ("@user", user.Value));
        var before = ((await select.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false)) as string ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        await ExecuteForEachAsync(transaction, statements.RemoveWord, user, before.Except(words, StringComparer.Ordinal), cancellationToken).ConfigureAwait(false);
        await ExecuteForEachAsync(transaction, statements.AddWord, user, words.Except(before, StringComparer.Ordinal), cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask ExecuteForEachAsync(
        DbTransaction transaction, string sql, UserId user, IEnumerable<string> words, CancellationToken cancellationToken)
    {
        using var command = transaction.CreateCommand(sql, ("@user", user.Value), ("@word", null));
        foreach (var word in words)
        {
            command.Parameters["@word"].Value = word;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Spaced(IEnumerable<string> words) => string.Concat(words.Select(word => " " + word));

    private static void ThrowIfDefault(OrganizationId organization, UserId user)
    {
        ThrowIfDefault(organization, nameof(organization));
        ThrowIfDefault(user, nameof(user));
    }

    private static void ThrowIfDefault(OrganizationId organization, string parameterName)
    {
        if (organization.IsDefault)
            throw new ArgumentException("The organization id is default and names none; make it with new OrganizationId(key).", parameterName);
    }

    private static void ThrowIfDefault(UserId user, string parameterName)
    {
        if (user.IsDefault) throw new ArgumentException("The user id is default and names nobody; make it with new UserId(key).", parameterName);
    }
}
