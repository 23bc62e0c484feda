using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Auditing;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;
using TwoFactor.Status;
using TwoFactor.Storage;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests.Organizations;

/// <summary>What only a database can get wrong.</summary>
[TestFixture]
public sealed class OrganizationDatabaseTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly OrganizationId Acme = new("acme");
    private static readonly UserId Alice = new("alice");
    private TemporaryDatabase _database = null!;

    [SetUp]
    public async Task CreateAsync() => _database = await TemporaryDatabase.WithSchemaAsync();

    [TearDown]
    public void Remove() => _database.Dispose();

    [Test]
    public async Task A_policy_of_a_newer_schema_or_that_is_damaged_is_refused_and_not_taken_for_none()
    {
        var store = new EntityFrameworkOrganizationStore(_database.CreateContext);
        var newer = new Organization { Id = Acme, Policy = OrganizationPolicy.NewFor(Acme) with { Schema = OrganizationPolicy.CurrentSchema + 1 } };
        Assert.That(await store.TrySaveAsync(newer, 0, [], default), Is.True);
        Assert.That(async () => await store.LoadAsync(Acme, default), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("newer version"));
        foreach (var data in new[] { "x'7B7D'", "x''", "x'00FF'", "CAST('{\"id\":\"globex\"}' AS BLOB)" })
        {
            _database.Execute($"UPDATE two_factor_organizations SET data = {data}");
            Assert.That(async () => await store.LoadAsync(Acme, default), Throws.InstanceOf<InvalidDataException>(), data);
        }
    }

    [Test]
    public async Task What_was_saved_outlives_the_stores()
    {
        var organization = new Organization { Id = Acme, Policy = OrganizationPolicy.NewFor(Acme) with { Version = 7 } };
        Assert.That(await new EntityFrameworkOrganizationStore(_database.CreateContext).TrySaveAsync(organization, 0, [], default), Is.True);
        await new EntityFrameworkDirectory(_database.CreateContext).JoinAsync(Acme, Alice, Start);
        await new EntityFrameworkAuditLog(_database.CreateContext).SavePositionAsync("siem", 9, default);
        Assert.That((await new EntityFrameworkOrganizationStore(_database.CreateContext).LoadAsync(Acme, default)).Organization?.Policy?.Version, Is.EqualTo(7));
        Assert.That(await new EntityFrameworkDirectory(_database.CreateContext).GetMembershipsAsync(Alice, default), Has.Length.EqualTo(1));
        Assert.That(await new EntityFrameworkAuditLog(_database.CreateContext).LoadPositionAsync("siem", default), Is.EqualTo(9));
    }

    [TestCase("UPDATE two_factor_audit_events SET actor = 'mallory' WHERE sequence = 2", 2)]
    [TestCase("UPDATE two_factor_audit_events SET details = 'no json' WHERE sequence = 3", 3)]
    [TestCase("UPDATE two_factor_audit_events SET occurred_at = 9223372036854775807 WHERE sequence = 3", 3)]
    [TestCase("UPDATE two_factor_audit_events SET chain = 'account:bob' WHERE sequence = 3", 3)]
    [TestCase("DELETE FROM two_factor_audit_events WHERE sequence = 2", 2)]
    [TestCase("DELETE FROM two_factor_audit_events WHERE sequence = 4", 4)]
    [TestCase("UPDATE two_factor_audit_events SET sequence = 9 WHERE sequence = 1; UPDATE two_factor_audit_events SET sequence = 1 WHERE sequence = 2; UPDATE two_factor_audit_events SET sequence = 2 WHERE sequence = 9", 1)]
    [TestCase("UPDATE two_factor_audit_events SET sequence = -1 WHERE sequence = 1", 1)]
    [TestCase("UPDATE two_factor_audit_events SET position = position + 100 WHERE sequence = 1", null)]
    [Feature("X10")]
    public async Task An_administrator_finds_the_row_that_somebody_changed_with_other_tools(string sql, long? brokenAt)
    {
        await using var provider = Services();
        var store = provider.GetRequiredService<IAccountStore>();
        await provider.GetRequiredService<EntityFrameworkDirectory>().JoinAsync(Acme, Alice, Start);
        var (account, events) = Chain(4);
        Assert.That(await store.TrySaveAsync(account, 0, events, default), Is.True);
        var audit = provider.GetRequiredService<AuditService>();
        Assert.That(await audit.VerifyAsync(new UserId("admin"), Acme, Alice), Is.EqualTo(new AuditResult.Checked(4, null)));
        _database.Execute(sql);
        Assert.That(((AuditResult.Checked)await audit.VerifyAsync(new UserId("admin"), Acme, Alice)).BrokenAt, Is.EqualTo(brokenAt));
    }

    [Test]
    [Feature("X10")]
    public async Task A_second_event_of_one_number_is_refused_by_the_table_and_positions_are_not_used_twice()
    {
        var (account, events) = Chain(3);
        Assert.That(await _database.CreateStore().TrySaveAsync(account, 0, events, default), Is.True);
        const string columns = "chain, sequence, schema_version, name, occurred_at, actor, details, previous_hash, hash";
        Assert.That(
            () => _database.Execute($"INSERT INTO two_factor_audit_events ({columns}) SELECT {columns} FROM two_factor_audit_events WHERE sequence = 2"),
            Throws.Exception.With.Message.Contains("UNIQUE"));
        _database.Execute("DELETE FROM two_factor_audit_events");
        _database.Execute("DELETE FROM two_factor_accounts");
        Assert.That(await _database.CreateStore().TrySaveAsync(account, 0, events, default), Is.True);
        var feed = await new EntityFrameworkAuditLog(_database.CreateContext).ReadAsync(3, 9, default);
        Assert.That(feed, Has.Length.EqualTo(3), "A sink that had got to 3 gets all that came after.");
    }

    [Test]
    public async Task Text_that_a_database_would_change_is_refused_by_name()
    {
        var directory = new EntityFrameworkDirectory(_database.CreateContext);
        foreach (var text in new[] { "a\0b", "\uD800", "\uDC00\uD800", new string('x', 321) })
        {
            Assert.That(async () => await directory.PutAsync(new DirectoryUser(Alice, text, "")), Throws.ArgumentException.With.Property("ParamName").EqualTo("user"));
            Assert.That(async () => await directory.PutAsync(new DirectoryUser(Alice, "", text)), Throws.ArgumentException.With.Property("ParamName").EqualTo("user"));
            Assert.That(async () => await directory.JoinGroupAsync(Acme, Alice, text, Start), Throws.ArgumentException.With.Property("ParamName").EqualTo("group"));
            Assert.That(
                async () => await directory.JoinAsync(Acme, Alice, Start, identityProvider: text), Throws.ArgumentException.With.Property("ParamName").EqualTo("identityProvider"));
        }

        Assert.That(async () => await directory.JoinAsync(Acme, Alice, Start, (MembershipKind)3), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(async () => await directory.JoinAsync(default, Alice, Start), Throws.ArgumentException);
        Assert.That(async () => await directory.JoinAsync(Acme, default, Start), Throws.ArgumentException);
        Assert.That(_database.Execute("SELECT (SELECT COUNT(*) FROM two_factor_members) + (SELECT COUNT(*) FROM two_factor_directory_users)"), Is.Zero);
    }

    [TestCase("UPDATE two_factor_members SET kind = 9")]
    [TestCase("UPDATE two_factor_members SET subject_since = 9223372036854775807")]
    [TestCase("UPDATE two_factor_members SET user_id = ' alice'")]
    public async Task A_damaged_membership_throws_and_is_not_taken_for_none(string sql)
    {
        var directory = new EntityFrameworkDirectory(_database.CreateContext);
        await directory.JoinAsync(Acme, Alice, Start);
        _database.Execute(sql);
        Assert.That(
            async () =>
            {
                await foreach (var member in directory.GetMembersAsync(Acme, default)) Assert.Fail($"It is {member}.");
            },
            Throws.InstanceOf<InvalidDataException>());
    }

    [Test]
    [Attack(23)]
    public async Task A_list_does_not_show_the_account_of_one_user_as_anothers()
    {
        await new EntityFrameworkDirectory(_database.CreateContext).JoinAsync(Acme, new UserId("mallory"), Start);
        Assert.That(await _database.CreateStore().TrySaveAsync(Chain(0).Account, 0, [], default), Is.True);
        _database.Execute("UPDATE two_factor_accounts SET user_id = 'mallory'");
        var list = new EntityFrameworkUserList(_database.CreateContext);
        Assert.That(async () => await list.ReadAsync(new UserListSlice { Organization = Acme, Now = Start, Count = 9 }, default), Throws.InstanceOf<InvalidDataException>());
    }

    [Test]
    public async Task Tables_are_created_together_and_a_database_with_some_of_them_is_told_what_is_missing()
    {
        await using var context = _database.CreateContext();
        Assert.That(await context.Database.EnsureTwoFactorSchemaAsync(), Is.False);
        _database.Execute("DROP TABLE two_factor_members");
        _database.Execute("DROP TABLE two_factor_audit_positions");
        Assert.That(
            async () => await context.Database.EnsureTwoFactorSchemaAsync(),
            Throws.InvalidOperationException.With.Message.Contains("9 two-factor tables these are missing: \"two_factor_audit_positions\", \"two_factor_members\""));
    }

    [Test]
    public void A_directory_without_a_store_says_what_to_call()
    {
        var services = new ServiceCollection();
        services.AddTwoFactor(options => options.Issuer = "Example").AddEntityFrameworkDirectory();
        using var provider = services.BuildServiceProvider(validateScopes: true);
        Assert.That(
            async () => await provider.GetRequiredService<IMembershipSource>().GetMembershipsAsync(Alice, default),
            Throws.InvalidOperationException.With.Message.Contains("AddEntityFrameworkStore"));
    }

    private ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddTwoFactor(options => options.Issuer = "Example")
            .UseSecretKeys("k1", [new("k1", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))])
            .AddEntityFrameworkStore(options => options.UseSqlite(_database.ConnectionString))
            .AddEntityFrameworkDirectory()
            .UseAuthorizer<Everybody>();
        return services.BuildServiceProvider(validateScopes: true);
    }

    private static (Account Account, System.Collections.Immutable.ImmutableArray<AuditEvent> Events) Chain(int length)
    {
        var events = System.Collections.Immutable.ImmutableArray.CreateBuilder<AuditEvent>();
        for (var i = 1; i <= length; i++)
        {
            var e = new AuditEvent
            {
                Chain = AuditChainId.Of(Alice),
                Sequence = i,
                Name = "one",
                OccurredAt = Start.AddMilliseconds(i),
                Actor = "alice",
                Subject = Alice,
                PreviousHash = i == 1 ? [.. new byte[32]] : events[^1].Hash,
                Hash = [],
            };
            events.Add(e with { Hash = AuditChain.ComputeHash(e) });
        }

        return (Account.NewFor(Alice) with { AuditHead = length == 0 ? null : new AuditChainHead(length, events[^1].Hash) }, events.ToImmutable());
    }

    private sealed class Everybody : ITwoFactorAuthorizer
    {
        public ValueTask<bool> IsAllowedAsync(AdministrativeRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(true);
    }
}
