using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;
using TwoFactor.EntityFrameworkCore;
using TwoFactor.Organizations;
using TwoFactor.Status;

namespace TwoFactor.Scale;

/// <summary>Writes users into the tables of a SQLite file, past the library: in one transaction, without waiting for the disk.</summary>
internal static class Generator
{
    public static OrganizationId Organization(int number) => new($"org-{number:D4}");

    public static async Task RunAsync(string file, long users, int organizations)
    {
        await using (var context = new TwoFactorDbContext(new DbContextOptionsBuilder<TwoFactorDbContext>().UseSqlite($"Data Source={file}").Options))
        {
            if (!await context.Database.EnsureTwoFactorSchemaAsync())
            {
                await Console.Out.WriteLineAsync($"{file} is there.");
                return;
            }
        }

        var organizationStore = new EntityFrameworkOrganizationStore(() => new TwoFactorDbContext(new DbContextOptionsBuilder<TwoFactorDbContext>().UseSqlite($"Data Source={file}").Options));
        for (var i = 1; i < organizations; i += 3)
        {
            var policy = PolicyPresets.RequiredAfterGrace(Organization(i), People.Now.AddDays(-10), TimeSpan.FromDays(Dice.Below(i, 50, 30))) with { Version = 1 };
            await organizationStore.TrySaveAsync(new Organization { Id = policy.OrganizationId, Policy = policy }, 0, [], CancellationToken.None);
        }

        SqliteConnection.ClearAllPools();
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; PRAGMA temp_store = MEMORY");
        // Indexes are made afterwards, each in one pass.
        var indexes = new List<(string Name, string Sql)>();
        await using (var command = Command(connection, "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"))
        await using (var rows = await command.ExecuteReaderAsync())
            while (await rows.ReadAsync()) indexes.Add((rows.GetString(0), rows.GetString(1)));
        foreach (var (name, _) in indexes) Execute(connection, $"DROP INDEX \"{name}\"");
        await using (var transaction = connection.BeginTransaction())
        {
            Fill(connection, users, organizations);
            await transaction.CommitAsync();
        }

        foreach (var (_, sql) in indexes) Execute(connection, sql);
        Execute(connection, "PRAGMA journal_mode = WAL");
    }

    private static void Fill(SqliteConnection connection, long users, int organizations)
    {
        using var account = Command(
            connection, "INSERT INTO two_factor_accounts (user_id, version, updated_at, enrolled, locked_until, pending_until, previous_sign_in, data) VALUES (@0, 1, 0, @1, @2, @3, @4, @5)", 6);
        using var person = Command(
            connection, "INSERT INTO two_factor_directory_users (user_id, name, name_folded, email, email_folded, words) VALUES (@0, @1, @2, @3, @4, @5)", 6);
        using var word = Command(connection, "INSERT INTO two_factor_user_words (word, user_id) VALUES (@0, @1)", 2);
        using var member = Command(
            connection,
            "INSERT INTO two_factor_members (organization, user_id, kind, identity_provider, subject_since, active, name_folded, enrolled, locked_until, pending_until, previous_sign_in)"
            + " VALUES (@0, @1, @2, NULL, @3, 1, @4, @5, @6, @7, @8)", 9);
        using var group = Command(
            connection, "INSERT INTO two_factor_member_groups (organization, user_id, \"group\", since, active) VALUES (@0, @1, @2, @3, 1)", 4);
        for (var user = 0L; user < users; user++)
        {
            var (shown, stored) = (People.Named(user), People.AccountOf(user));
            var (id, folded, keys) = (shown.Id.Value, UserListCursor.FoldName(shown.Name), UserListKeys.Of(stored ?? Account.NewFor(shown.Id)));
            if (stored is not null) Insert(account, id, keys.Enrolled, keys.LockedUntil, keys.PendingUntil, keys.PreviousSignIn, AccountSerializer.Serialize(stored));
            var words = UserSearch.WordsOf(shown.Name, shown.Email);
            Insert(person, id, shown.Name, folded, shown.Email, UserListCursor.FoldName(shown.Email), string.Concat(words.Select(w => " " + w)));
            foreach (var w in words) Insert(word, w, id);
            var since = People.Now.AddDays(-Dice.Below(user, 60, 900)).ToUnixTimeMilliseconds();
            Join(0, MembershipKind.ExternalCollaborator);
            Join(People.HomeOf(user, organizations), MembershipKind.Member);
            if (People.SecondOf(user, organizations) is { } second) Join(second, MembershipKind.ExternalCollaborator);
            if (Dice.Chance(user, 61, 50)) Insert(group, Organization(People.HomeOf(user, organizations)).Value, id, "managers", since);

            void Join(int organization, MembershipKind kind) => Insert(
                member, Organization(organization).Value, id, (int)kind, since, folded, keys.Enrolled, keys.LockedUntil, keys.PendingUntil, keys.PreviousSignIn);
        }
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, int parameters = 0)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++) command.Parameters.Add(new SqliteParameter { ParameterName = "@" + i.ToString(CultureInfo.InvariantCulture) });
        return command;
    }

    private static void Insert(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = Command(connection, sql);
        command.ExecuteNonQuery();
    }
}
