using Microsoft.EntityFrameworkCore;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;
using TwoFactor.EntityFrameworkCore;
using TwoFactor.Organizations;
using TwoFactor.Status;

namespace TwoFactor.Scale;

/// <summary>Makes the users of a database, past the library.</summary>
internal static class Generator
{
    private static readonly Table s_accounts = new(
        "two_factor_accounts", "user_id", "version", "updated_at", "enrolled", "locked_until", "pending_until", "previous_sign_in", "data");

    private static readonly Table s_users = new("two_factor_directory_users", "user_id", "name", "name_folded", "email", "words");

    private static readonly Table s_words = new("two_factor_user_words", "word", "user_id");

    private static readonly Table s_members = new(
        "two_factor_members", "organization", "user_id", "kind", "subject_since", "active", "grouped", "name", "email", "name_folded", "enrolled", "locked_until", "pending_until", "previous_sign_in");

    private static readonly Table s_groups = new("two_factor_member_groups", "organization", "user_id", "group", "since", "active");

    public static OrganizationId Organization(int number) => new($"org-{number:D4}");

    /// <summary>False when the database is there already.</summary>
    public static async Task<bool> RunAsync(Target target, long users, int organizations)
    {
        await using (var context = target.CreateContext())
            if (!await context.Database.EnsureTwoFactorSchemaAsync()) return false;
        var store = new EntityFrameworkOrganizationStore(target.CreateContext);
        for (var i = 1; i < organizations; i += 3)
        {
            var policy = PolicyPresets.RequiredAfterGrace(Organization(i), People.Now.AddDays(-10), TimeSpan.FromDays(Dice.Below(i, 50, 30))) with { Version = 1 };
            await store.TrySaveAsync(new Organization { Id = policy.OrganizationId, Policy = policy }, 0, [], CancellationToken.None);
        }

        await target.FillAsync(add =>
        {
            for (var user = 0L; user < users; user++) Add(user, organizations, add);
        });
        return true;
    }

    private static void Add(long user, int organizations, Action<Table, object[]> add)
    {
        var (shown, stored) = (People.Named(user), People.AccountOf(user));
        var (id, folded, keys) = (shown.Id.Value, UserListCursor.FoldName(shown.Name), UserListKeys.Of(stored ?? Account.NewFor(shown.Id)));
        if (stored is not null)
            add(s_accounts, [id, 1L, 0L, keys.Enrolled, keys.LockedUntil, keys.PendingUntil, keys.PreviousSignIn, AccountSerializer.Serialize(stored)]);
        var words = UserSearch.WordsOf(shown.Name, shown.Email);
        add(s_users, [id, shown.Name, folded, shown.Email, string.Concat(words.Select(w => " " + w))]);
        foreach (var word in words) add(s_words, [word, id]);
        var since = People.Now.AddDays(-Dice.Below(user, 60, 900)).ToUnixTimeMilliseconds();
        var manager = Dice.Chance(user, 61, 50);
        Join(0, MembershipKind.ExternalCollaborator);
        Join(People.HomeOf(user, organizations), MembershipKind.Member);
        if (People.SecondOf(user, organizations) is { } second) Join(second, MembershipKind.ExternalCollaborator);
        if (manager) add(s_groups, [Organization(People.HomeOf(user, organizations)).Value, id, "managers", since, true]);

        void Join(int organization, MembershipKind kind) => add(
            s_members,
            [Organization(organization).Value, id, (int)kind, since, true, manager && kind == MembershipKind.Member, shown.Name, shown.Email, folded, keys.Enrolled, keys.LockedUntil, keys.PendingUntil, keys.PreviousSignIn]);
    }
}
