using System.Text.Json;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Auditing;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;
using TwoFactor.SignIn;
using TwoFactor.Status;
using TwoFactor.StoreConformance.Storage;

namespace TwoFactor.StoreConformance.Organizations;

/// <summary>The list of users and the details of one over the stores, as an administrator sees them. It uses all of the harness.</summary>
public abstract class UserListServiceContract : OrganizationFixture
{
    [Test]
    [Feature("A10")]
    public async Task The_filters_enabled_and_disabled_divide_the_users_and_the_column_tells_which()
    {
        await using var scene = new AdministrationScene(Harness);
        foreach (var name in new[] { "Ann", "Ben", "Cleo", "Dan" }) await scene.AddAsync(Acme, name);
        await scene.EnrollAsync(new UserId("ben"));
        await scene.EnrollAsync(new UserId("dan"));

        Assert.That(Shown(await scene.ListAsync(Acme, new())), Is.EqualTo("Ann NotEnrolled, Ben Enrolled, Cleo NotEnrolled, Dan Enrolled"));
        Assert.That(Shown(await scene.ListAsync(Acme, new() { Enabled = true })), Is.EqualTo("Ben Enrolled, Dan Enrolled"));
        Assert.That(Shown(await scene.ListAsync(Acme, new() { Enabled = false })), Is.EqualTo("Ann NotEnrolled, Cleo NotEnrolled"));
        Assert.That(await scene.ListAsync(Globex, new()), Is.Empty);
    }

    [Test]
    [Feature("B9")]
    public async Task Locked_users_are_found_searched_sorted_opened_and_unlocked()
    {
        await using var scene = new AdministrationScene(Harness);
        var now = scene.Clock.Now;
        await scene.AddAsync(Acme, "Ann", a => a with { PreviousSignInAt = now.AddDays(-1), Attempts = Locked(LockRelease.ByAdministrator, null) });
        await scene.AddAsync(Acme, "Anton", a => a with { PreviousSignInAt = now.AddDays(-3), Attempts = Locked(LockRelease.AtTime, now.AddMinutes(5)) });
        await scene.AddAsync(Acme, "Ben", a => a with { Attempts = Locked(LockRelease.AtTime, now.AddMinutes(-5)) });
        await scene.AddAsync(Acme, "Cleo", a => a with { PreviousSignInAt = now.AddDays(-2) });
        await scene.AddAsync(Acme, AdministrationScene.Administrator.Value);
        await scene.EnrollAsync(AdministrationScene.Administrator);

        Assert.That(Shown(await scene.ListAsync(Acme, new() { Statuses = [UserStatusKind.Locked] })), Is.EqualTo("Ann Locked, Anton Locked"));
        Assert.That(Shown(await scene.ListAsync(Acme, new() { Search = "AN", Descending = true })), Is.EqualTo("Anton Locked, Ann Locked"));
        Assert.That(Shown(await scene.ListAsync(Acme, new() { Search = "cleo@EXAMPLE" })), Is.EqualTo("Cleo NotEnrolled"));
        Assert.That(
            Shown(await scene.ListAsync(Acme, new() { Sort = UserListSort.PreviousSignIn, PageSize = 2 })),
            Is.EqualTo("admin Enrolled, Ben NotEnrolled, Anton Locked, Cleo NotEnrolled, Ann Locked"));
        Assert.That(
            Shown(await scene.ListAsync(Acme, new() { Sort = UserListSort.Status, PageSize = 1 })),
            Is.EqualTo("Ann Locked, Anton Locked, Ben NotEnrolled, Cleo NotEnrolled, admin Enrolled"));

        var anton = await DetailsAsync(scene, new UserId("anton"));
        Assert.That((anton.Status.Until, anton.Status.Lock?.Release), Is.EqualTo((now.AddMinutes(5), LockRelease.AtTime)));
        Assert.That(anton.Account.PreviousSignInAt, Is.EqualTo(now.AddDays(-3)));
        var ann = await DetailsAsync(scene, new UserId("ann"));
        Assert.That((ann.Status.Until, ann.Status.Lock?.Release), Is.EqualTo((default(DateTimeOffset?), LockRelease.ByAdministrator)));

        var unlocked = await scene.Administration.UnlockAsync(AdministrationScene.Administrator, new UserId("ann"), "called", Acme);
        Assert.That(unlocked, Is.InstanceOf<AdministrationResult.Done>());
        scene.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.That(await scene.ListAsync(Acme, new() { Statuses = [UserStatusKind.Locked] }), Is.Empty);
    }

    [Test]
    [Feature("A8")]
    public async Task Details_tell_when_codes_were_generated_and_how_many_are_left_and_never_a_code()
    {
        await using var scene = new AdministrationScene(Harness);
        var user = await scene.AddAsync(Acme, "Ann");
        var before = (await DetailsAsync(scene, user)).Account;
        Assert.That((before.BackupCodesGeneratedAt, before.BackupCodesLeft), Is.EqualTo((default(DateTimeOffset?), 0)));

        var generatedAt = scene.Clock.Now;
        var codes = await scene.EnrollAsync(user);
        scene.Clock.Advance(TimeSpan.FromMinutes(5));
        var begun = (BeginSignInResult.ChallengeRequired)await scene.SignIn.BeginAsync(new SignInRequest(user));
        var signedIn = await scene.SignIn.VerifyAsync(begun.Challenge, MfaFactorType.BackupCode, codes[3]);
        Assert.That(signedIn, Is.InstanceOf<VerifySignInResult.SignedIn>());

        var details = await scene.Users.GetAsync(AdministrationScene.Administrator, Acme, user);
        var account = ((UserDetailsResult.Found)details).User.Account;
        Assert.That((account.BackupCodesGeneratedAt, account.BackupCodesLeft), Is.EqualTo(((DateTimeOffset?)generatedAt, codes.Length - 1)));
        var list = await scene.Users.QueryAsync(AdministrationScene.Administrator, Acme, new());
        var stored = (await Harness.Accounts.LoadAsync(user)).Account!;
        foreach (var shown in new[] { Everything(details), Everything(list) })
        {
            Assert.That(shown, Does.Contain("ann@example.com"), "The text holds what is shown.");
            foreach (var code in codes) Assert.That(shown, Does.Not.Contain(code).And.Not.Contain(code.Replace("-", "", StringComparison.Ordinal)));
            foreach (var hash in stored.BackupCodes!.Hashes.OfType<string>()) Assert.That(shown, Does.Not.Contain(JsonEncodedText.Encode(hash).ToString()).And.Not.Contain("argon2"));
            Assert.That(shown, Does.Not.Contain(Convert.ToBase64String(stored.Active!.ProtectedSecret.AsSpan())));
        }
    }

    [Test]
    [Feature("A10")]
    [Feature("B9")]
    public async Task Every_status_of_the_vocabulary_is_told_and_filters_find_it()
    {
        await using var scene = new AdministrationScene(Harness);
        var now = scene.Clock.Now;
        var start = now.AddDays(-3);
        await scene.SetPolicyAsync(OrganizationPolicy.NewFor(Acme) with
        {
            Sso = SsoMode.ExemptSso,
            Rules =
            [
                new EnforcementRule { Id = "ops", Target = RuleTarget.ForGroups("ops"), Start = start, Grace = TimeSpan.FromDays(7) },
                new EnforcementRule { Id = "late", Target = RuleTarget.ForGroups("late"), Start = start, Grace = TimeSpan.Zero },
            ],
        });
        await scene.AddAsync(Acme, "Enrolled");
        await scene.EnrollAsync(new UserId("enrolled"));
        await scene.AddAsync(Acme, "Exempt", a => a with { Exemptions = [new GraceExemption(Acme, now.AddDays(2))] });
        await scene.AddAsync(Acme, "InGrace");
        await scene.AddAsync(Acme, "Locked", a => a with { Attempts = Locked(LockRelease.AtTime, now.AddMinutes(1)) });
        await scene.AddAsync(Acme, "NotEnrolled");
        await scene.AddAsync(Acme, "Overdue");
        await scene.AddAsync(Acme, "Pending", a => a with { Pending = RandomAccounts.Pending(0, now.AddMinutes(10)) });
        await scene.AddAsync(Acme, "SsoOnly", identityProvider: "idp");
        await scene.AddAsync(Acme, "Unverifiable", a => a with { Active = RandomAccounts.Active(now) });
        foreach (var user in new[] { "exempt", "ingrace" }) await Harness.JoinGroupAsync(Acme, new UserId(user), "ops", start);
        await Harness.JoinGroupAsync(Acme, new UserId("overdue"), "late", start);

        var all = await scene.ListAsync(Acme, new() { PageSize = 2 });
        Assert.That(all.Select(item => item.Status.Kind.ToString()), Is.EqualTo(all.Select(item => item.User.Name)), "Each user is named by the status.");
        Assert.That(all.Select(item => item.Status.Kind), Is.EquivalentTo(Enum.GetValues<UserStatusKind>()));
        foreach (var kind in Enum.GetValues<UserStatusKind>())
        {
            var found = await scene.ListAsync(Acme, new() { Statuses = [kind], PageSize = 1 });
            Assert.That(found.Select(item => item.User.Name), Is.EqualTo(new[] { kind.ToString() }));
        }

        var until = all.ToDictionary(item => item.Status.Kind, item => item.Status.Until);
        Assert.That(until[UserStatusKind.InGrace], Is.EqualTo(start.AddDays(7)));
        Assert.That(until[UserStatusKind.Overdue], Is.EqualTo(start));
        Assert.That(until[UserStatusKind.Exempt], Is.EqualTo(now.AddDays(2)));
        Assert.That(until[UserStatusKind.Locked], Is.EqualTo(now.AddMinutes(1)));
        scene.Clock.Advance(TimeSpan.FromDays(4));
        Assert.That(
            Shown(await scene.ListAsync(Acme, new() { Statuses = [UserStatusKind.Overdue, UserStatusKind.Locked, UserStatusKind.Pending] })),
            Is.EqualTo("Exempt Overdue, InGrace Overdue, Overdue Overdue"), "Grace, exemption, lock and set-up have run out.");
    }

    [Test]
    [Feature("C8")]
    public async Task External_collaborators_of_any_domain_are_listed_with_where_they_stand()
    {
        await using var scene = new AdministrationScene(Harness);
        var now = scene.Clock.Now;
        await scene.SetPolicyAsync(PolicyPresets.RequiredWithoutSso(Acme, now, sso: true));
        await Harness.PutAsync(new DirectoryUser(Alice, "Alice", "alice@elsewhere.example"));
        await Harness.JoinAsync(Acme, Alice, now, MembershipKind.ExternalCollaborator);
        await scene.AddAsync(Acme, "Bob");
        var users = await scene.ListAsync(Acme, new());
        Assert.That(Shown(users), Is.EqualTo("Alice Overdue, Bob NotEnrolled"));
        Assert.That(users[0].Membership.Kind, Is.EqualTo(MembershipKind.ExternalCollaborator));
    }

    [Test]
    [Feature("B9")]
    public async Task The_last_page_says_so_and_pages_hold_what_was_asked_for([Values(1, 2, 3, 4, 5, 6, 7)] int pageSize)
    {
        await using var scene = new AdministrationScene(Harness);
        for (var i = 0; i < 6; i++) await scene.AddAsync(Acme, $"User{i}");
        var (query, sizes) = (new UserListQuery { PageSize = pageSize }, new List<int>());
        UserListResult.Page page;
        do
        {
            page = (UserListResult.Page)await scene.Users.QueryAsync(AdministrationScene.Administrator, Acme, query);
            sizes.Add(page.Users.Length);
            query = query with { After = page.Next };
        }
        while (page.Next is not null);
        Assert.That(sizes, Has.Count.EqualTo((6 + pageSize - 1) / pageSize));
        Assert.That(sizes.SkipLast(1), Is.All.EqualTo(pageSize));
        Assert.That(sizes.Sum(), Is.EqualTo(6));
    }

    [Test]
    [Feature("B9")]
    public async Task A_rare_status_is_found_among_thousands_however_many_pages_it_takes()
    {
        await using var scene = new AdministrationScene(Harness);
        var now = scene.Clock.Now;
        await scene.SetPolicyAsync(PolicyPresets.RequiredAtOnce(Acme, now));
        for (var i = 0; i < 2300; i++) await Harness.JoinAsync(Acme, new UserId($"user-{i:D4}"), now);
        await scene.AddAsync(Acme, "zed", a => a with { Exemptions = [new GraceExemption(Acme, now.AddDays(2))] });
        var first = (UserListResult.Page)await scene.Users.QueryAsync(AdministrationScene.Administrator, Acme, new() { Statuses = [UserStatusKind.Exempt] });
        Assert.That(first.Users, Is.Empty);
        Assert.That(first.Next, Is.Not.Null, "An empty page says where to go on.");
        Assert.That(Shown(await scene.ListAsync(Acme, new() { Statuses = [UserStatusKind.Exempt] })), Is.EqualTo("zed Exempt"));
    }

    [Test]
    [Feature("B9")]
    public async Task Whoever_may_not_is_denied_and_recorded_and_faulty_queries_name_the_field()
    {
        await using var scene = new AdministrationScene(Harness);
        await scene.AddAsync(Acme, "Alice");
        var admin = AdministrationScene.Administrator;
        Assert.That(await scene.Users.QueryAsync(Bob, Acme, new()), Is.EqualTo(new UserListResult.Denied(DenialReason.NotAuthorized)));
        Assert.That(await scene.Users.GetAsync(Bob, Acme, Alice), Is.EqualTo(new UserDetailsResult.Denied(DenialReason.NotAuthorized)));
        Assert.That(await scene.Users.GetAsync(Alice, Acme, Alice), Is.EqualTo(new UserDetailsResult.Denied(DenialReason.NotAuthorized)));
        Assert.That(await scene.Users.GetAsync(admin, Globex, Alice), Is.EqualTo(new UserDetailsResult.Denied(DenialReason.OtherOrganization)));
        Assert.That(await scene.Users.GetAsync(admin, Acme, Bob), Is.EqualTo(new UserDetailsResult.Denied(DenialReason.OtherOrganization)));

        var denials = (await Harness.Audit.QueryAsync(new AuditQuery { Names = [AuditNames.AdministrationDenied] }, default)).Events;
        Assert.That(
            denials.Select(e => (e.Actor, e.Organization?.Value, e.Details["reason"])),
            Is.EquivalentTo(new[]
            {
                ("bob", "acme", "NotAuthorized"), ("bob", "acme", "NotAuthorized"), ("alice", "acme", "NotAuthorized"),
                ("admin", "Globex", "OtherOrganization"), ("admin", "acme", "OtherOrganization"),
            }));

        Assert.That(await scene.Users.QueryAsync(admin, Acme, new() { Search = new string('a', 101) }), Is.EqualTo(new UserListResult.Invalid("Search")));
        Assert.That(await scene.Users.QueryAsync(admin, Acme, new() { Search = "a\uD800" }), Is.EqualTo(new UserListResult.Invalid("Search")));
        Assert.That(await scene.Users.QueryAsync(admin, Acme, new() { Sort = (UserListSort)9 }), Is.EqualTo(new UserListResult.Invalid("Sort")));
        Assert.That(Shown(await scene.ListAsync(Acme, new() { Search = new string('a', 100) })), Is.Empty);
    }

    [Test]
    [Feature("B9")]
    public async Task Administrators_may_open_their_own_details()
    {
        await using var scene = new AdministrationScene(Harness);
        await scene.AddAsync(Acme, AdministrationScene.Administrator.Value);
        Assert.That((await DetailsAsync(scene, AdministrationScene.Administrator)).Status.Kind, Is.EqualTo(UserStatusKind.NotEnrolled));
    }

    private static async Task<UserListItem> DetailsAsync(AdministrationScene scene, UserId user) =>
        ((UserDetailsResult.Found)await scene.Users.GetAsync(AdministrationScene.Administrator, Acme, user)).User;

    private static string Shown(IEnumerable<UserListItem> users) => string.Join(", ", users.Select(item => $"{item.User.Name} {item.Status.Kind}"));

    private static string Everything(object result) => JsonSerializer.Serialize(result, result.GetType()) + result;

    private static AttemptLedger Locked(LockRelease release, DateTimeOffset? until) =>
        new() { CodeLock = new AccountLock(LockReason.CodeFailures, release, Start, until) };
}
