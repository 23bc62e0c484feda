using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Organizations;
using TwoFactor.Status;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests.Organizations;

/// <summary>Members whose rows are from before version 2 of the tables, as a host's migration leaves them, and the statement in the documentation that fills them.</summary>
[TestFixture(Engine.Sqlite)]
[TestFixture(Engine.PostgreSql)]
[Feature("X1")]
public sealed class OlderMembersTests(Engine engine)
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly OrganizationId Acme = new("acme");
    private static readonly UserId Alice = new("alice");
    private static readonly UserId Bob = new("bob");
    private TestDatabase _database = null!;
    private EntityFrameworkDirectory _directory = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        _database = await TestDatabase.WithSchemaAsync(engine);
        _directory = new EntityFrameworkDirectory(_database.CreateContext);
        await _directory.PutAsync(new DirectoryUser(Alice, "Alice Adler", "alice@example.com"));
        foreach (var user in (UserId[])[Alice, Bob]) await _directory.JoinAsync(Acme, user, Start);
        await _directory.JoinGroupAsync(Acme, Alice, "admins", Start);
        // The rows again, with what a new column is given.
        const string older = "organization, user_id, kind, subject_since, active, name_folded, enrolled, locked_until, pending_until, previous_sign_in";
        _database.Execute($"CREATE TABLE older AS SELECT {older} FROM two_factor_members");
        _database.Execute("DELETE FROM two_factor_members");
        _database.Execute($"INSERT INTO two_factor_members ({older}, name, email) SELECT {older}, '', '' FROM older");
    }

    [TearDown]
    public async Task RemoveAsync() => await _database.DisposeAsync();

    [Test]
    public async Task Their_groups_are_found()
    {
        Assert.That((await _directory.GetMembershipsAsync(Alice, default)).Single().Groups.Keys, Is.EqualTo((string[])["admins"]));
        Assert.That((await _directory.GetMembershipsAsync(Bob, default)).Single().Groups, Is.Empty);
    }

    [Test]
    public async Task The_statement_in_the_documentation_fills_them()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "databases.md"));
        _database.Execute(text.Split("```sql")[1].Split("```")[0]);

        var slice = new UserListSlice { Organization = Acme, Now = Start, Count = 9 };
        var rows = await new EntityFrameworkUserList(_database.CreateContext).ReadAsync(slice, default);
        Assert.That(rows.Select(row => row.User), Is.EqualTo((DirectoryUser[])[new(Alice, "Alice Adler", "alice@example.com"), new(Bob, "bob", "")]));
        Assert.That(rows.Select(row => row.Membership.Groups.Count), Is.EqualTo((int[])[1, 0]));
    }
}
