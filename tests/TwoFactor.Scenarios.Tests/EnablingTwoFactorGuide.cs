using System.Collections.Immutable;
using System.Text.Json;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Enforcement;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;
using TwoFactor.Status;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Tests.Support.Organizations;
using TwoFactor.Verification;

namespace TwoFactor.Tests.Scenarios;

/// <summary>The guide "Enabling Two-Factor Authentication", from top to bottom. Each quoted line is one of the guide's.</summary>
[TestFixture(typeof(InMemoryScenarioStore))]
[TestFixture(typeof(SqliteScenarioStore))]
[TestFixture(typeof(PostgreSqlScenarioStore))]
public sealed class EnablingTwoFactorGuide<TStore> where TStore : ScenarioStore, new()
{
    private static readonly OrganizationId Acme = OrganizationHost.Acme;
    private static readonly UserId Root = OrganizationHost.Root;
    private OrganizationHost _host = null!;

    [SetUp]
    public async Task StartAsync() => _host = await OrganizationHost.StartAsync(new TStore());

    [TearDown]
    public void Stop() => _host.Dispose();

    [Test]
    [Feature("A1"), Feature("A7")]
    public async Task For_individual_users()
    {
        // "Users can enable 2FA for themselves": the organisation demands nothing.
        var ada = _host.Member("ada");
        Assert.That(await _host.BeginAsync(ada), Is.TypeOf<BeginSignInResult.Allowed>().With.Property("Prompt").Null);

        // "Go to Profile → Security. Click Enable Two-Factor Authentication"
        var offer = (await _host.Enrollment.BeginAsync(ada, "ada@example.org")).As<BeginEnrollmentResult.Started>().Offer;

        // "Scan QR code with authenticator app"
        var app = Phone.Scan(offer.Uri);

        // "Enter 6-digit code to verify"
        Assert.That(app.CodeAt(_host.Now), Does.Match("^[0-9]{6}$"));
        var confirmed = (await _host.Enrollment.ConfirmAsync(ada, offer.EnrollmentId, app.CodeAt(_host.Now))).As<ConfirmEnrollmentResult.Confirmed>();

        // "Save backup codes securely"
        Assert.That(confirmed.BackupCodes, Has.Length.EqualTo(10).And.Unique);

        // And from now on: "Something they know: Password. Something they have: Phone with authenticator app".
        _host.NextCode();
        var challenge = (await _host.BeginAsync(ada)).As<BeginSignInResult.ChallengeRequired>().Challenge;
        Assert.That(await _host.SignIn.VerifyAsync(challenge, MfaFactorType.Totp, app.CodeAt(_host.Now)), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    [Feature("A2"), Feature("A3"), Feature("A5")]
    public async Task For_all_users_with_a_grace_period()
    {
        var ada = _host.Member("ada");

        // "Enable Require 2FA for all users. Set grace period (e.g., 7 days for users to set up). Click Save"
        var saved = await _host.MustChangeAsync(Acme, _ => PolicyPresets.RequiredAfterGrace(Acme, _host.Now));
        var deadline = _host.Now.AddDays(7);
        Assert.That(saved.Rules.Single().Grace, Is.EqualTo(TimeSpan.FromDays(7)), "7 days are the default");

        // "Existing users prompted to set up 2FA on next login": they may postpone, and see the deadline.
        _host.Days(3);
        var prompted = (await _host.BeginAsync(ada)).As<BeginSignInResult.Allowed>();
        Assert.That(prompted.Prompt, Is.EqualTo(new EnrollmentPrompt(deadline, CanEnrollHere: true)));
        Assert.That(prompted.Explanation.Deciding.Single().RuleId, Is.EqualTo("everyone"));

        // The last moment of grace, and the first after it: "Users without 2FA cannot log in after grace period".
        _host.Clock.SetTo(deadline.AddTicks(-1));
        Assert.That(await _host.BeginAsync(ada), Is.TypeOf<BeginSignInResult.Allowed>());
        _host.Clock.SetTo(deadline);
        var stopped = (await _host.BeginAsync(ada)).As<BeginSignInResult.EnrollmentRequired>();
        Assert.That(stopped.Deadline, Is.EqualTo(deadline));

        // Confined to the set-up, which leads in.
        var person = await _host.EnrollAsync(ada);
        Assert.That(await _host.SignIn.CompleteEnrollmentAsync(stopped.Challenge, person.Proof), Is.TypeOf<VerifySignInResult.SignedIn>());
        Assert.That(await _host.SignInAsync(person), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    [Feature("A5")]
    public async Task For_all_users_turned_away_after_the_grace_period()
    {
        var ada = _host.Member("ada");
        await _host.MustChangeAsync(Acme, _ => PolicyPresets.RequiredAfterGrace(Acme, _host.Now) with { AfterGrace = AfterGrace.Deny });
        _host.Days(7);

        // "Users without 2FA cannot log in after grace period"
        Assert.That(await _host.BeginAsync(ada), Is.TypeOf<BeginSignInResult.Denied>());
        var refused = await _host.LastEventOfAsync(ada);
        Assert.That((refused.Name, refused.Details["outcome"], refused.Details["rules"]), Is.EqualTo(("sign_in_refused", "Deny", "acme/everyone@1")));

        // An administrator gives more time.
        Assert.That(await _host.Administration.ExtendGraceAsync(Root, ada, Acme, TimeSpan.FromDays(2), "was ill"), Is.TypeOf<AdministrationResult.Done>());
        Assert.That(await _host.BeginAsync(ada), Is.TypeOf<BeginSignInResult.Allowed>());
    }

    [Test]
    [Feature("A4")]
    public async Task New_users_during_activation()
    {
        await _host.MustChangeAsync(Acme, _ => PolicyPresets.RequiredAfterGrace(Acme, _host.Now));
        var newcomer = _host.Member("newcomer");

        // "New users must set up 2FA during activation": there are 7 days of grace for others, none here.
        var activation = (await _host.BeginAsync(newcomer, activation: true)).As<BeginSignInResult.EnrollmentRequired>();
        var person = await _host.EnrollAsync(newcomer);
        Assert.That(await _host.SignIn.CompleteEnrollmentAsync(activation.Challenge, person.Proof), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    [Feature("A6")]
    public async Task Phased_rollout()
    {
        var (chief, manager, clerk) = (_host.Member("chief", "administrators"), _host.Member("manager", "managers"), _host.Member("clerk"));
        var start = _host.Now;

        // "Week 1: Administrators", "Week 2: Managers", "Week 3-4: All Users. Set 7-day grace period"
        await _host.MustChangeAsync(Acme, _ => PolicyPresets.RequiredAfterGrace(Acme, start.AddDays(14)) with
        {
            Rules =
            [
                new EnforcementRule { Id = "administrators", Target = RuleTarget.ForGroups("administrators"), Start = start, Grace = TimeSpan.Zero },
                new EnforcementRule { Id = "managers", Target = RuleTarget.ForGroups("managers"), Start = start.AddDays(7), Grace = TimeSpan.FromDays(3) },
                .. PolicyPresets.RequiredAfterGrace(Acme, start.AddDays(14)).Rules,
            ],
        });

        // Week 1: "Enable 2FA for admin accounts. Verify no issues"
        await AssertWeekAsync(chief: Stopped(start), manager: null, clerk: null);

        // Week 2: "Enable 2FA requirement for manager group"
        _host.Clock.SetTo(start.AddDays(7));
        await AssertWeekAsync(Stopped(start), Prompted(start.AddDays(10)), null);
        _host.Clock.SetTo(start.AddDays(10));
        await AssertWeekAsync(Stopped(start), Stopped(start.AddDays(10)), null);

        // Week 3: "Enable organization-wide 2FA"
        _host.Clock.SetTo(start.AddDays(14));
        await AssertWeekAsync(Stopped(start), Stopped(start.AddDays(10)), Prompted(start.AddDays(21)));

        // Week 4: the 7 days are over.
        _host.Clock.SetTo(start.AddDays(21));
        await AssertWeekAsync(Stopped(start), Stopped(start.AddDays(10)), Stopped(start.AddDays(21)));

        async Task AssertWeekAsync((bool, DateTimeOffset)? chief, (bool, DateTimeOffset)? manager, (bool, DateTimeOffset)? clerk)
        {
            Assert.That(await OfAsync("chief"), Is.EqualTo(chief));
            Assert.That(await OfAsync("manager"), Is.EqualTo(manager));
            Assert.That(await OfAsync("clerk"), Is.EqualTo(clerk));
        }

        async Task<(bool IsStopped, DateTimeOffset Deadline)?> OfAsync(string name) => await _host.BeginAsync(new UserId(name)) switch
        {
            BeginSignInResult.Allowed { Prompt: { } prompt } => Prompted(prompt.Deadline),
            BeginSignInResult.EnrollmentRequired required => Stopped(required.Deadline),
            BeginSignInResult.Allowed => null,
            var other => throw new AssertionException(other.ToString()),
        };

        static (bool, DateTimeOffset) Stopped(DateTimeOffset deadline) => (true, deadline);
        static (bool, DateTimeOffset) Prompted(DateTimeOffset deadline) => (false, deadline);
    }

    [Test]
    [Feature("A7"), Feature("A8")]
    public async Task Backup_codes()
    {
        var ada = _host.Member("ada");
        Assert.That((await DetailsAsync(ada)).Account.BackupCodesGeneratedAt, Is.Null, "none yet");
        var person = await _host.EnrollAsync(ada);
        var generated = _host.Now;

        // "Users receive 10 single-use backup codes when setting up 2FA."
        Assert.That(person.BackupCodes, Has.Length.EqualTo(10).And.Unique);

        // "Use only if they lose access to authenticator app": it works, and never again.
        Assert.That(await BackupAsync(person, 0), Is.TypeOf<VerifySignInResult.SignedIn>().With.Property("BackupCodesLeft").EqualTo(9));
        Assert.That(await BackupAsync(person, 0), Is.TypeOf<VerifySignInResult.Refused>());

        // "View if user has generated backup codes. Cannot see the actual codes (security)"
        var details = (await DetailsAsync(ada)).Account;
        Assert.That((details.BackupCodesGeneratedAt, details.BackupCodesLeft), Is.EqualTo(((DateTimeOffset?)generated, 9)));
        var seen = JsonSerializer.Serialize(details) + string.Concat(await _host.EventsOfAsync(ada));
        Assert.That(person.BackupCodes.Where(code => seen.Contains(code, StringComparison.Ordinal)), Is.Empty);

        // "Can reset 2FA if user loses access"
        Assert.That(await _host.Administration.ResetAsync(Root, ada, "lost the phone", "video call", Acme), Is.TypeOf<AdministrationResult.Done>());
    }

    [Test]
    [Feature("A10")]
    public async Task Viewing_the_status()
    {
        await _host.EnrollAsync(_host.Member("ada"));
        _host.Member("bob");
        await _host.MustChangeAsync(Acme, _ => PolicyPresets.RequiredAfterGrace(Acme, _host.Now));

        // "Go to Users. Add 2FA Status column"
        var all = await ListAsync(new UserListQuery());
        Assert.That(all.Select(u => (u.User.Id.Value, u.Status.Kind)), Is.EqualTo(new[]
        {
            ("ada", UserStatusKind.Enrolled), ("bob", UserStatusKind.InGrace), ("root", UserStatusKind.Enrolled),
        }));
        Assert.That(all.Single(u => u.User.Id.Value == "bob").Status.Until, Is.EqualTo(_host.Now.AddDays(7)));

        // "Filter by "2FA Enabled" or "2FA Disabled""
        Assert.That((await ListAsync(new UserListQuery { Enabled = true })).Select(u => u.User.Id.Value), Is.EqualTo(s_enabled));
        Assert.That((await ListAsync(new UserListQuery { Enabled = false })).Select(u => u.User.Id.Value), Is.EqualTo(s_disabled));
    }

    private static readonly string[] s_enabled = ["ada", "root"];
    private static readonly string[] s_disabled = ["bob"];

    [Test]
    [Feature("A9")]
    public async Task Resetting_a_users_2FA()
    {
        await _host.MustChangeAsync(Acme, _ => PolicyPresets.RequiredAfterGrace(Acme, _host.Now, TimeSpan.Zero));
        var person = await _host.EnrollAsync(_host.Member("ada"));

        // "Verify user identity (call, video, etc.)": without it, nothing happens.
        var nothing = await _host.Administration.ResetAsync(Root, person.Id, "lost the phone", " ", Acme);
        Assert.That(nothing.As<AdministrationResult.Invalid>().Field, Is.EqualTo("identityVerification"));
        Assert.That((await _host.Status.GetAsync(person.Id)).IsEnrolled, Is.True);

        // "Go to Users → Select user. Click Reset 2FA"
        Assert.That(await _host.Administration.ResetAsync(Root, person.Id, "lost the phone", "video call, badge shown", Acme), Is.TypeOf<AdministrationResult.Done>());
        var record = await _host.LastEventOfAsync(person.Id);
        Assert.That((record.Name, record.Actor, record.Details["identity_verification"]), Is.EqualTo(("mfa_reset", "root", "video call, badge shown")));

        // "User must set up 2FA again on next login"
        Assert.That(await _host.BeginAsync(person.Id), Is.TypeOf<BeginSignInResult.EnrollmentRequired>());
        await _host.AssertChainAsync(person.Id);
    }

    [Test]
    [Feature("A11")]
    public async Task Troubleshooting_code_does_not_work()
    {
        var person = await _host.EnrollAsync(_host.Member("ada"));
        _host.Clock.Advance(TimeSpan.FromMinutes(10));
        var challenge = (await _host.BeginAsync(person.Id)).As<BeginSignInResult.ChallengeRequired>().Challenge;

        // "Ensure device time is synchronized": a device four minutes behind gets a hint, and no access.
        var behind = await _host.SignIn.VerifyAsync(challenge, MfaFactorType.Totp, person.App.CodeAt(_host.Now.AddMinutes(-4)));
        Assert.That(behind.Refusal().As<CodeRefusal.Wrong>().ClockHint, Is.Not.Null);

        // "Use the latest code (expires every 30 seconds)": one 30 seconds old is tolerated by default, one a minute old is not.
        Assert.That((await _host.SignIn.VerifyAsync(challenge, MfaFactorType.Totp, person.App.CodeAt(_host.Now.AddSeconds(-60)))).Refusal(), Is.TypeOf<CodeRefusal.Wrong>());
        Assert.That(await _host.SignIn.VerifyAsync(challenge, MfaFactorType.Totp, person.App.CodeAt(_host.Now.AddSeconds(-30))), Is.TypeOf<VerifySignInResult.SignedIn>());

        // "Try backup code"
        Assert.That(await BackupAsync(person, 3), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    [Feature("A12"), Feature("A9")]
    public async Task Troubleshooting_user_locked_out()
    {
        await _host.MustChangeAsync(Acme, _ => PolicyPresets.RequiredAfterGrace(Acme, _host.Now, TimeSpan.Zero));
        var old = await _host.EnrollAsync(_host.Member("ada"));
        _host.NextCode();
        for (var i = 0; i < 5; i++) await _host.SignIn.StepUpAsync(old.Id, MfaFactorType.Totp, old.App.WrongCodeAt(_host.Now));
        Assert.That(await _host.BeginAsync(old.Id), Is.TypeOf<BeginSignInResult.LockedOut>());

        // "Administrator can reset 2FA"
        await _host.Administration.ResetAsync(Root, old.Id, "locked out", "call back", Acme);

        // "User sets up 2FA again. Generate new backup codes"
        var begun = (await _host.BeginAsync(old.Id)).As<BeginSignInResult.EnrollmentRequired>();
        var renewed = await _host.EnrollAsync(old.Id);
        Assert.That(await _host.SignIn.CompleteEnrollmentAsync(begun.Challenge, renewed.Proof), Is.TypeOf<VerifySignInResult.SignedIn>());
        Assert.That(renewed.BackupCodes.Intersect(old.BackupCodes), Is.Empty);

        // The old secret and the old codes are dead.
        _host.NextCode();
        var challenge = (await _host.BeginAsync(old.Id)).As<BeginSignInResult.ChallengeRequired>().Challenge;
        Assert.That((await _host.SignIn.VerifyAsync(challenge, MfaFactorType.Totp, old.App.CodeAt(_host.Now))).Refusal(), Is.TypeOf<CodeRefusal.Wrong>());
        Assert.That((await _host.SignIn.VerifyAsync(challenge, MfaFactorType.BackupCode, old.BackupCodes[0])).Refusal(), Is.TypeOf<CodeRefusal.Wrong>());
        Assert.That(await _host.SignIn.VerifyAsync(challenge, MfaFactorType.Totp, renewed.App.CodeAt(_host.Now)), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    private async Task<VerifySignInResult> BackupAsync(Person person, int slot)
    {
        var challenge = (await _host.BeginAsync(person.Id)).As<BeginSignInResult.ChallengeRequired>().Challenge;
        return await _host.SignIn.VerifyAsync(challenge, MfaFactorType.BackupCode, person.BackupCodes[slot]);
    }

    private async Task<ImmutableArray<UserListItem>> ListAsync(UserListQuery query) =>
        (await _host.Users.QueryAsync(Root, Acme, query)).As<UserListResult.Page>().Users;

    private async Task<UserListItem> DetailsAsync(UserId user) => (await _host.Users.GetAsync(Root, Acme, user)).As<UserDetailsResult.Found>().User;
}
