using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Organizations;
using TwoFactor.Status;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>Tables of version 1 with their rows, which the script in the documentation takes to version 2.</summary>
[TestFixture(Engine.Sqlite)]
[TestFixture(Engine.PostgreSql)]
[Feature("X1")]
public sealed class OlderTablesTests(Engine engine)
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
        await _directory.PutAsync(new DirectoryUser(Alice, "Alice Adler", "Alice@example.com"));
        foreach (var user in (UserId[])[Alice, Bob]) await _directory.JoinAsync(Acme, user, Start);
        await _directory.JoinGroupAsync(Acme, Alice, "admins", Start);
        _database.Execute("ALTER TABLE two_factor_directory_users ADD COLUMN email_folded VARCHAR(320) NOT NULL DEFAULT ''");
        foreach (var column in (string[])["grouped", "name", "email"]) _database.Execute($"ALTER TABLE two_factor_members DROP COLUMN {column}");
        _database.Execute("UPDATE two_factor_schema SET version = 1");
        _directory = new EntityFrameworkDirectory(_database.CreateContext);
    }

    [TearDown]
    public async Task RemoveAsync() => await _database.DisposeAsync();

    [Test]
    public async Task Before_the_script_they_are_refused()
    {
        await using var context = _database.CreateContext();
        Assert.That(() => context.Database.EnsureTwoFactorSchemaAsync(), Throws.InvalidOperationException.With.Message.Contains("docs/schema"));
        Assert.That(async () => await _directory.GetMembershipsAsync(Alice, default), Throws.InvalidOperationException.With.Message.Contains("version 1"));
    }

    [Test]
    public async Task After_the_script_lists_show_what_they_showed()
    {
        _database.Execute(await ScriptAsync());
        await VerifyAsync();
        var slice = new UserListSlice { Organization = Acme, Now = Start, Count = 9 };
        var rows = await new EntityFrameworkUserList(_database.CreateContext).ReadAsync(slice, default);
        Assert.That(rows.Select(row => row.User), Is.EqualTo((DirectoryUser[])[new(Alice, "Alice Adler", "Alice@example.com"), new(Bob, "bob", "")]));
        Assert.That(rows.Select(row => row.Membership.Groups.Count), Is.EqualTo((int[])[1, 0]));
    }

    [Test]
    public async Task After_the_script_users_and_members_are_written_as_ever()
    {
        _database.Execute(await ScriptAsync());
        await _directory.PutAsync(new DirectoryUser(new UserId("carol"), "Carol Conrad", "carol@example.com"));
        await _directory.JoinAsync(Acme, new UserId("carol"), Start);
        await _directory.JoinAsync(Acme, new UserId("dave"), Start);
        await _directory.JoinGroupAsync(Acme, Bob, "staff", Start);
        var members = await _directory.GetMembersAsync(Acme, default).ToDictionaryAsync(member => member.UserId.Value, member => member.Groups.Count);
        Assert.That(members, Is.EquivalentTo(new Dictionary<string, int> { ["alice"] = 1, ["bob"] = 1, ["carol"] = 0, ["dave"] = 0 }));
    }

    /// <summary>As a host's migration leaves them that brings the columns and does not fill them.</summary>
    [Test]
    public async Task Without_the_last_statement_groups_are_found_none_the_less()
    {
        var script = await ScriptAsync();
        _database.Execute(script[..script.IndexOf("UPDATE two_factor_members", StringComparison.Ordinal)] + "COMMIT;");
        await VerifyAsync();
        Assert.That((await _directory.GetMembershipsAsync(Alice, default)).Single().Groups.Keys, Is.EqualTo((string[])["admins"]));
        Assert.That((await _directory.GetMembershipsAsync(Bob, default)).Single().Groups, Is.Empty);
    }

    private static Task<string> ScriptAsync() => File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "schema", "1-to-2.sql"));

    private async Task VerifyAsync()
    {
        await using var context = _database.CreateContext();
        await context.Database.VerifyTwoFactorSchemaAsync();
    }
}
