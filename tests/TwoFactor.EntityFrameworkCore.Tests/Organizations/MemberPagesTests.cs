using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Organizations;
using TwoFactor.StoreConformance.Organizations;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests.Organizations;

/// <summary>Members with all their memberships, read in pages: the same as asking for each.</summary>
[TestFixture(false)]
[TestFixture(true)]
[Feature("X3")]
public sealed class MemberPagesTests(bool onPostgreSql)
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly OrganizationId Acme = new("acme");
    private static readonly OrganizationId Globex = new("Globex");
    private static readonly OrganizationId Initech = new("initech");

    private OrganizationHarness Harness { get; set; } = null!;

    private IMemberPages Pages => (IMemberPages)Harness.Memberships;

    [SetUp]
    public async Task CreateAsync() => Harness = await DatabaseOrganizationHarness.CreateAsync(onPostgreSql ? Engine.PostgreSql : Engine.Sqlite);

    [TearDown]
    public async Task DisposeAsync() => await Harness.DisposeAsync();

    [Test]
    public async Task Pages_of_any_size_tell_of_each_member_what_a_question_for_each_tells([Values(1, 2, 7, 500)] int pageSize)
    {
        string[] ids = [.. Enumerable.Range(0, 30).Select(i => $"user-{i:D2}"), "Alice", "alice", "\uE000", "\U0001F600", "al'ice", "\u00E9"];
        for (var i = 0; i < ids.Length; i++)
        {
            var user = new UserId(ids[i]);
            foreach (var organization in new[] { Acme, Globex, Initech }.Where((_, o) => o == 0 || i % (o + 2) == 0))
            {
                await Harness.JoinAsync(organization, user, Start.AddDays(i), i % 5 == 0 ? MembershipKind.ExternalCollaborator : MembershipKind.Member, i % 3 == 0 ? "okta" : null);
                for (var g = 0; g < i % 3; g++) await Harness.JoinGroupAsync(organization, user, $"group-{g}", Start);
                if (i % 4 == 1) await Harness.LeaveGroupAsync(organization, user, "group-0");
            }

            if (i % 6 == 5) await Harness.LeaveAsync(Acme, user);
        }

        var (read, after) = (new List<string>(), (UserId?)null);
        while (await Pages.ReadMembersAsync(Acme, after, pageSize, default) is { IsEmpty: false } page)
        {
            Assert.That(page, Has.Length.LessThanOrEqualTo(pageSize));
            read.AddRange(page.Select(member => Describe(member.UserId, member.Memberships)));
            after = page[^1].UserId;
        }

        var expected = new List<string>();
        await foreach (var membership in Harness.Memberships.GetMembersAsync(Acme, default))
            expected.Add(Describe(membership.UserId, await Harness.Memberships.GetMembershipsAsync(membership.UserId, default)));
        Assert.That(read, Is.EqualTo(expected));
        Assert.That(read, Has.Count.EqualTo(ids.Length - (ids.Length / 6)));
    }

    [Test]
    public void Misuse_says_what_is_wrong()
    {
        Assert.That(async () => await Pages.ReadMembersAsync(default, null, 1, default), Throws.ArgumentException);
        Assert.That(async () => await Pages.ReadMembersAsync(Acme, null, 0, default), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static string Describe(UserId user, IEnumerable<Membership> memberships) => $"{user}: " + string.Join("; ", memberships
        .OrderBy(m => m.OrganizationId.Value, StringComparer.Ordinal)
        .Select(m => $"{m.UserId} {m.OrganizationId} {m.Kind} {m.IdentityProvider} {m.SubjectSince:O} [{string.Join(",", m.Groups)}] [{string.Join(",", m.FormerGroups)}]"));
}
