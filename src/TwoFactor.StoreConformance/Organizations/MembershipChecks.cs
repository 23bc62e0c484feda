using TwoFactor.Accounts;
using TwoFactor.Organizations;

namespace TwoFactor.StoreConformance.Organizations;

/// <summary>What a source of memberships must do while members come and go.</summary>
internal static class MembershipChecks
{
    public static async Task Whoever_stays_is_read_once_while_others_come_and_go(OrganizationHarness harness)
    {
        var (organization, start) = (new OrganizationId("acme"), DateTimeOffset.UnixEpoch);
        UserId[] staying = [.. Enumerable.Range(0, 620).Select(i => new UserId($"user-{i:D4}"))];
        foreach (var user in staying) await harness.JoinAsync(organization, user, start);
        foreach (var user in staying.Where((_, i) => i % 10 == 0)) await harness.JoinAsync(organization, Passing(user), start);

        var read = new List<UserId>();
        await foreach (var member in harness.Memberships.GetMembersAsync(organization, CancellationToken.None))
        {
            read.Add(member.UserId);
            if (read.Count % 25 != 0) continue;
            // Before and behind the place that is read, and at it.
            var i = read.Count / 25;
            await harness.LeaveAsync(organization, Passing(staying[i * 10 % staying.Length]));
            await harness.LeaveAsync(organization, Passing(staying[staying.Length - 10 - (i * 10)]));
            await harness.JoinAsync(organization, new UserId($"user-{i * 25:D4}-new"), start);
            await harness.JoinAsync(organization, new UserId($"a-new-{i}"), start);
            await harness.JoinAsync(organization, member.UserId, start.AddDays(1), MembershipKind.ExternalCollaborator);
        }

        Expect.Equal(read.Distinct().Count(), read.Count, "Members that were read once");
        Expect.Equal(staying.Except(read).Count(), 0, "Members who stayed and were passed over");
        Expect.That(read.Select(user => user.Value).SequenceEqual(read.Select(user => user.Value).Order(StringComparer.Ordinal)), "Members come in the order of their ids.");
    }

    private static UserId Passing(UserId user) => new(user.Value + "-passing");
}
