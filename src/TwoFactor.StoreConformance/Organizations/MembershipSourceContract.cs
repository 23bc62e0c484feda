using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Organizations;
using TwoFactor.StoreConformance.Storage;

namespace TwoFactor.StoreConformance.Organizations;

/// <summary>
/// What every source of memberships must do: say who belongs where and since when, in order, while others come and go. It uses
/// <see cref="OrganizationHarness.Memberships"/> and the harness's joining and leaving of organisations and groups.
/// </summary>
public abstract class MembershipSourceContract : OrganizationFixture
{
    [Test]
    [Feature("B1")]
    public async Task The_first_time_of_joining_survives_leaving_and_rejoining()
    {
        await Harness.JoinAsync(Acme, Alice, Start);
        await Harness.JoinGroupAsync(Acme, Alice, "ops", Start.AddDays(1));
        await Harness.LeaveAsync(Acme, Alice);
        Assert.That(await MembershipsAsync(Alice), Is.Empty);

        await Harness.JoinAsync(Acme, Alice, Start.AddDays(50));
        Assert.That((await MembershipsAsync(Alice))[0].SubjectSince, Is.EqualTo(Start));
        Assert.That((await MembershipsAsync(Alice))[0].Groups, Is.Empty, "Leaving an organisation leaves its groups.");
        Assert.That((await MembershipsAsync(Alice))[0].FormerGroups["ops"], Is.EqualTo(Start.AddDays(1)), "When it began to count is not forgotten.");
        await Harness.JoinGroupAsync(Acme, Alice, "ops", Start.AddDays(51));
        Assert.That((await MembershipsAsync(Alice))[0].Groups["ops"], Is.EqualTo(Start.AddDays(1)));
    }

    [Test]
    [Feature("B1")]
    public async Task The_first_time_in_a_group_survives_leaving_and_rejoining_it()
    {
        await Harness.JoinAsync(Acme, Alice, Start);
        await Harness.JoinGroupAsync(Acme, Alice, "ops", Start.AddDays(1));
        await Harness.JoinGroupAsync(Acme, Alice, "Ops", Start.AddDays(2));
        await Harness.LeaveGroupAsync(Acme, Alice, "ops");
        Assert.That((await MembershipsAsync(Alice))[0].Groups.Keys, Is.EqualTo(new[] { "Ops" }));
        Assert.That((await MembershipsAsync(Alice))[0].FormerGroups, Is.EqualTo(new[] { KeyValuePair.Create("ops", Start.AddDays(1)) }));
        await Harness.JoinGroupAsync(Acme, Alice, "ops", Start.AddDays(9));
        await Harness.JoinGroupAsync(Acme, Alice, "ops", Start.AddDays(10));
        var groups = (await MembershipsAsync(Alice))[0].Groups;
        Assert.That((await MembershipsAsync(Alice))[0].FormerGroups, Is.Empty);
        Assert.That((groups["ops"], groups["Ops"]), Is.EqualTo((Start.AddDays(1), Start.AddDays(2))));
        await Harness.LeaveGroupAsync(Acme, Alice, "never joined");
    }

    [Test]
    [Feature("C8")]
    public async Task Joining_again_changes_how_and_keeps_since_when_and_groups()
    {
        await Harness.JoinAsync(Acme, Alice, Start);
        await Harness.JoinGroupAsync(Acme, Alice, "ops", Start);
        await Harness.JoinAsync(Acme, Alice, Start.AddDays(1), MembershipKind.ExternalCollaborator, "idp");
        var membership = (await MembershipsAsync(Alice)).Single();
        Assert.That((membership.Kind, membership.IdentityProvider, membership.SubjectSince), Is.EqualTo((MembershipKind.ExternalCollaborator, "idp", Start)));
        Assert.That(membership.Groups.Keys, Is.EqualTo(new[] { "ops" }));
        await Harness.JoinAsync(Acme, Alice, Start.AddDays(2));
        Assert.That((await MembershipsAsync(Alice)).Single().IdentityProvider, Is.Null);
    }

    [Test]
    [Feature("B6")]
    public async Task A_user_of_two_organisations_has_two_memberships_that_do_not_touch_each_other()
    {
        await Harness.JoinAsync(Acme, Alice, Start);
        await Harness.JoinAsync(Globex, Alice, Start.AddDays(1));
        await Harness.JoinGroupAsync(Acme, Alice, "ops", Start);
        await Harness.JoinAsync(Acme, Bob, Start);
        await Harness.LeaveAsync(Globex, Bob);
        var memberships = (await MembershipsAsync(Alice)).ToDictionary(m => m.OrganizationId);
        Assert.That(memberships.Keys, Is.EquivalentTo(new[] { Acme, Globex }));
        Assert.That(memberships[Globex].Groups, Is.Empty);
        await Harness.LeaveAsync(Acme, Alice);
        Assert.That((await MembershipsAsync(Alice)).Single().OrganizationId, Is.EqualTo(Globex));
        Assert.That(await MembersAsync(Acme), Is.EqualTo(new[] { Bob.Value }));
    }

    [Test]
    public async Task Whoever_does_not_belong_is_in_no_group()
    {
        Assert.That(async () => await Harness.JoinGroupAsync(Acme, Alice, "ops", Start), Throws.InvalidOperationException.With.Message.Contains("alice"));
        Assert.That(async () => await Harness.LeaveGroupAsync(Acme, Alice, "ops"), Throws.InvalidOperationException);
        await Harness.JoinAsync(Acme, Alice, Start);
        await Harness.LeaveAsync(Acme, Alice);
        Assert.That(async () => await Harness.JoinGroupAsync(Acme, Alice, "ops", Start), Throws.InvalidOperationException);
        Assert.That(async () => await Harness.JoinGroupAsync(Acme, Alice, "", Start), Throws.ArgumentException);
        await Harness.LeaveAsync(Acme, Bob);
    }

    [Test]
    public async Task Members_come_whole_and_in_the_order_of_their_ids_over_many_pages()
    {
        var ids = Enumerable.Range(0, 1003).Select(i => $"user-{i:D4}").Concat(["\uFF41", "😀", "é", "Z", "a", "%", "_"]).ToArray();
        foreach (var id in ids) await Harness.JoinAsync(Acme, new UserId(id), Start);
        await Harness.JoinAsync(Globex, new UserId("user-0000x"), Start);
        await Harness.JoinGroupAsync(Acme, new UserId("user-0499"), "b", Start);
        await Harness.JoinGroupAsync(Acme, new UserId("user-0499"), "a", Start);
        await Harness.LeaveAsync(Acme, new UserId("user-0500"));

        var expected = ids.Where(id => id != "user-0500").OrderBy(System.Text.Encoding.UTF8.GetBytes, Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)));
        Assert.That(await MembersAsync(Acme), Is.EqualTo(expected));
        await foreach (var member in Harness.Memberships.GetMembersAsync(Acme, CancellationToken.None))
            Assert.That(member.Groups.Keys, Is.EqualTo(member.UserId.Value == "user-0499" ? ["a", "b"] : Array.Empty<string>()), member.UserId.Value);
    }

    [Test]
    public async Task Members_can_be_changed_while_they_are_read()
    {
        for (var i = 0; i < 10; i++) await Harness.JoinAsync(Acme, new UserId($"user-{i}"), Start);
        var seen = 0;
        await foreach (var member in Harness.Memberships.GetMembersAsync(Acme, CancellationToken.None))
        {
            await Harness.LeaveAsync(Acme, member.UserId);
            seen++;
        }

        Assert.That(seen, Is.EqualTo(10));
        Assert.That(await MembersAsync(Acme), Is.Empty);
    }

    [Test]
    public Task Whoever_stays_is_read_once_while_others_come_and_go() => MembershipChecks.Whoever_stays_is_read_once_while_others_come_and_go(Harness);

    [Test]
    public async Task Members_can_be_read_while_many_come_and_go_at_once()
    {
        UserId[] staying = [.. Enumerable.Range(0, 300).Select(i => new UserId($"user-{i:D3}"))];
        foreach (var user in staying) await Harness.JoinAsync(Acme, user, Start);
        var read = await StoreSteps.AtOnceAsync(6, async i =>
        {
            for (var n = 0; i > 1 && n < 25; n++)
            {
                await Harness.JoinAsync(Acme, new UserId($"user-{n * 10:D3}-{i}"), Start);
                await Harness.LeaveAsync(Acme, new UserId($"user-{n * 10:D3}-{i}"));
            }

            return i > 1 ? [] : await MembersAsync(Acme);
        });
        foreach (var ids in read.Take(2))
        {
            Assert.That(ids, Is.Unique);
            Assert.That(staying.Select(user => user.Value), Is.SubsetOf(ids));
        }

        Assert.That(await MembersAsync(Acme), Is.EqualTo(staying.Select(user => user.Value)));
    }

    [Test]
    public async Task Organisations_users_and_groups_are_compared_by_ordinal()
    {
        string[] alike = ["acme", "Acme", "ACME", "\u00E1cme", "a\u0301cme", "\uFF41cme", "%", "_", new('x', OrganizationId.MaxLength), new('x', OrganizationId.MaxLength - 1)];
        foreach (var id in alike)
        {
            await Harness.JoinAsync(new OrganizationId(id), new UserId(id), Start);
            await Harness.JoinGroupAsync(new OrganizationId(id), new UserId(id), id.Length > 64 ? id[..64] : id, Start);
        }

        foreach (var id in alike)
        {
            Assert.That(await MembersAsync(new OrganizationId(id)), Is.EqualTo(new[] { id }));
            var membership = (await MembershipsAsync(new UserId(id))).Single();
            Assert.That((membership.OrganizationId.Value, membership.Groups.Keys.Single()), Is.EqualTo((id, id.Length > 64 ? id[..64] : id)));
        }
    }

    [Test]
    public void A_call_that_is_cancelled_ends_as_cancelled()
    {
        var cancelled = new CancellationToken(canceled: true);
        Assert.That(async () => await Harness.Memberships.GetMembershipsAsync(Alice, cancelled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(
            async () =>
            {
                await foreach (var member in Harness.Memberships.GetMembersAsync(Acme, cancelled)) Assert.Fail($"There is {member.UserId}.");
            },
            Throws.InstanceOf<OperationCanceledException>());
    }

    private async Task<IReadOnlyList<Membership>> MembershipsAsync(UserId user) => await Harness.Memberships.GetMembershipsAsync(user, CancellationToken.None);

    private async Task<List<string>> MembersAsync(OrganizationId organization)
    {
        var ids = new List<string>();
        await foreach (var member in Harness.Memberships.GetMembersAsync(organization, CancellationToken.None)) ids.Add(member.UserId.Value);
        return ids;
    }
}
