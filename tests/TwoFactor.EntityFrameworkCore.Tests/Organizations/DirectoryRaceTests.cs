using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Organizations;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests.Organizations;

/// <summary>Writes about one user that depend on each other without meeting in a row.</summary>
[TestFixture(Engine.Sqlite)]
[TestFixture(Engine.PostgreSql)]
[Feature("X1")]
public sealed class DirectoryRaceTests(Engine engine)
{
    private const int Rounds = 40;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly OrganizationId Acme = new("acme");
    private TestDatabase _database = null!;
    private EntityFrameworkDirectory _one = null!, _other = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        _database = await TestDatabase.WithSchemaAsync(engine);
        (_one, _other) = (new EntityFrameworkDirectory(_database.CreateContext), new EntityFrameworkDirectory(_database.CreateContext));
    }

    [TearDown]
    public async Task RemoveAsync() => await _database.DisposeAsync();

    [Test]
    public async Task Whoever_joins_while_his_name_changes_is_listed_by_the_new_one()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var user = new UserId($"user-{round}");
            await Task.WhenAll(
                Task.Run(async () => await _one.PutAsync(new DirectoryUser(user, $"Name {round}", "a@example.com"))),
                Task.Run(async () => await _other.JoinAsync(Acme, user, Start)));
        }

        Assert.That(Count("SELECT COUNT(*) FROM two_factor_members WHERE name_folded LIKE 'name %' AND name LIKE 'Name %' AND email = 'a@example.com'"), Is.EqualTo(Rounds));
    }

    [Test]
    public async Task Whoever_leaves_while_he_joins_a_group_is_in_none()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var user = new UserId($"user-{round}");
            await _one.JoinAsync(Acme, user, Start);
            await Task.WhenAll(
                Task.Run(async () => await _one.LeaveAsync(Acme, user)),
                Task.Run(async () =>
                {
                    try
                    {
                        await _other.JoinGroupAsync(Acme, user, "admins", Start);
                    }
                    catch (InvalidOperationException)
                    {
                        // He had left by then.
                    }
                }));
        }

        Assert.That(Count("SELECT COUNT(*) FROM two_factor_members WHERE active = TRUE"), Is.Zero);
        Assert.That(Count("SELECT COUNT(*) FROM two_factor_member_groups WHERE active = TRUE"), Is.Zero);
    }

    [Test]
    public async Task Names_and_memberships_that_many_change_at_once_fail_nobody()
    {
        UserId[] users = [.. Enumerable.Range(0, 4).Select(i => new UserId($"user-{i}"))];
        OrganizationId[] organizations = [.. Enumerable.Range(0, 3).Select(i => new OrganizationId($"org-{i}"))];
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            for (var n = 0; n < 10; n++)
            {
                var (user, organization) = (users[(i + n) % users.Length], organizations[(i * n) % organizations.Length]);
                await _one.JoinAsync(organization, user, Start);
                await _other.PutAsync(new DirectoryUser(user, $"name {i} {n}", ""));
                await _one.LeaveAsync(organization, user);
            }
        })));
        Assert.That(
            Count("SELECT COUNT(*) FROM two_factor_members m JOIN two_factor_directory_users u ON u.user_id = m.user_id WHERE m.name_folded <> u.name_folded"), Is.Zero);
    }

    private long Count(string sql) => Convert.ToInt64(_database.Execute(sql), null);
}
