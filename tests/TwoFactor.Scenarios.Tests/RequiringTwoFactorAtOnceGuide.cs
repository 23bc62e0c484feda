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

/// <summary>The guide "Configuring two-factor authentication (2FA or MFA)", from top to bottom. Each quoted line is one of the guide's.</summary>
[TestFixture(typeof(InMemoryScenarioStore))]
[TestFixture(typeof(SqliteScenarioStore))]
[TestFixture(typeof(PostgreSqlScenarioStore))]
public sealed class RequiringTwoFactorAtOnceGuide<TStore> where TStore : ScenarioStore, new()
{
    private static readonly OrganizationId Acme = OrganizationHost.Acme;
    private static readonly OrganizationId Globex = OrganizationHost.Globex;
    private static readonly UserId Root = OrganizationHost.Root;
    private OrganizationHost _host = null!;

    [SetUp]
    public async Task StartAsync() => _host = await OrganizationHost.StartAsync(new TStore(), options => options.BackupCodes.Count = 1);

    [TearDown]
    public void Stop() => _host.Dispose();

    private Task<OrganizationPolicy> EnforceAsync() => _host.MustChangeAsync(Acme, _ => PolicyPresets.RequiredAtOnce(Acme, _host.Now));

    [Test]
    [Feature("B1")]
    public async Task Permissions()
    {
        // "Only System Admins can enforce 2FA, unlock accounts, and disable 2FA."
        var (ada, bob) = (_host.Member("ada"), await _host.EnrollAsync(_host.Member("bob")));
        Assert.That(await _host.Policies.SaveAsync(ada, PolicyPresets.RequiredAtOnce(Acme, _host.Now)), Is.TypeOf<SavePolicyResult.Denied>());
        Assert.That(await _host.Administration.UnlockAsync(ada, bob.Id, organization: Acme), Is.TypeOf<AdministrationResult.Denied>());
        Assert.That(await _host.Administration.UnregisterAsync(ada, bob.Id, "because", Acme), Is.TypeOf<AdministrationResult.Denied>());
        Assert.That((await _host.EventsOfAsync(ada)).Select(e => (e.Name, e.Details["action"])), Is.EqualTo(new[]
        {
            ("mfa_administration_denied", "ChangePolicy"), ("mfa_administration_denied", "Unlock"), ("mfa_administration_denied", "Unregister"),
        }));
    }

    [Test]
    [Feature("B2")]
    public async Task How_it_works()
    {
        // "System Admins can enforce 2FA in your instance. Once enforced, all users of your instance will be unable to access [...] until"
        await EnforceAsync();
        var ada = _host.Member("ada");
        var begun = (await _host.BeginAsync(ada)).As<BeginSignInResult.EnrollmentRequired>();

        // "Download an authenticator app", "Activate 2FA on their account by linking it to their authenticator app"
        var offer = (await _host.Enrollment.BeginAsync(ada, "ada@example.org")).As<BeginEnrollmentResult.Started>().Offer;
        var app = Phone.Scan(offer.Uri);
        Assert.That(await _host.BeginAsync(ada), Is.TypeOf<BeginSignInResult.EnrollmentRequired>(), "a code is still to be entered");

        // "Enter their code"
        Assert.That(await _host.Enrollment.ConfirmAsync(ada, offer.EnrollmentId, app.WrongCodeAt(_host.Now)), Is.TypeOf<ConfirmEnrollmentResult.Refused>());
        var confirmed = (await _host.Enrollment.ConfirmAsync(ada, offer.EnrollmentId, app.CodeAt(_host.Now))).As<ConfirmEnrollmentResult.Confirmed>();
        Assert.That(await _host.SignIn.CompleteEnrollmentAsync(begun.Challenge, confirmed.Proof), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    [Feature("B4")]
    public async Task Three_failed_codes_lock_until_a_system_admin_unlocks()
    {
        await EnforceAsync();
        var ada = await _host.EnrollAsync(_host.Member("ada"));
        _host.NextCode();
        var challenge = (await _host.BeginAsync(ada.Id)).As<BeginSignInResult.ChallengeRequired>();
        Assert.That(challenge.AttemptsLeft, Is.EqualTo(3));

        // "limited to [...] 3 failed authentication codes. At this point, [it] locks their account."
        for (var i = 1; i <= 3; i++)
        {
            var refusal = (await _host.SignIn.VerifyAsync(challenge.Challenge, MfaFactorType.Totp, ada.App.WrongCodeAt(_host.Now))).Refusal();
            Assert.That(refusal, i < 3 ? Is.TypeOf<CodeRefusal.Wrong>() : Is.TypeOf<CodeRefusal.LockedOut>(), $"code {i}");
        }

        // "A System Admin will need to unlock it for them."
        await AssertLockedUntilUnlockedAsync(ada);
    }

    [Test]
    [Feature("B4")]
    public async Task Five_failed_passwords_lock_until_a_system_admin_unlocks()
    {
        await EnforceAsync();
        var ada = await _host.EnrollAsync(_host.Member("ada"));
        _host.NextCode();

        // "limited to 5 failed passwords"
        for (var i = 1; i <= 5; i++)
            Assert.That(await _host.SignIn.ReportPasswordFailureAsync(ada.Id), i < 5 ? Is.TypeOf<PasswordFailureResult.Counted>() : Is.TypeOf<PasswordFailureResult.LockedOut>());
        await AssertLockedUntilUnlockedAsync(ada);
    }

    [Test]
    [Attack(28)]
    public async Task Nobody_without_the_password_can_lock_the_codes()
    {
        await EnforceAsync();
        var ada = await _host.EnrollAsync(_host.Member("ada"));
        var before = (await _host.StoredAsync(ada.Id)).Attempts;
        Assert.That(ChallengeToken.TryParse($"{Convert.ToBase64String("ada"u8)}.{new string('A', 43)}", out var invented), Is.True);
        for (var i = 0; i < 10_000; i++)
            Assert.That(await _host.SignIn.VerifyAsync(invented!, MfaFactorType.Totp, "000000"), Is.TypeOf<VerifySignInResult.ChallengeVoid>());
        Assert.That((await _host.StoredAsync(ada.Id)).Attempts, Is.EqualTo(before));
        Assert.That(await _host.SignInAsync(ada), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    [Feature("B5")]
    public async Task You_cannot_use_SSO_and_2FA_together()
    {
        // "If SSO is enabled, [it] does not permit you to turn on 2FA."
        await _host.Enrollment.UnregisterAsync(Root, _host.RootPerson!.Proof);
        await _host.MustChangeAsync(Acme, policy => policy with { Sso = SsoMode.SsoExclusive });
        var required = await _host.ChangeAsync(Acme, policy => PolicyPresets.RequiredAtOnce(Acme, _host.Now) with { Sso = policy.Sso });
        Assert.That(required.As<SavePolicyResult.Invalid>().Errors.Single().Field, Is.EqualTo("Sso"));

        // "Likewise, if any member of your instance uses 2FA, [it] does not permit you to turn on SSO."
        await _host.MustChangeAsync(Acme, policy => policy with { Sso = SsoMode.Off });
        var ada = await _host.EnrollAsync(_host.Member("ada"));
        var refused = await _host.ChangeAsync(Acme, policy => policy with { Sso = SsoMode.SsoExclusive });
        Assert.That(refused.As<SavePolicyResult.MembersUseTwoFactor>().Members, Is.EqualTo(new[] { ada.Id }));
    }

    [Test]
    [Feature("B6")]
    public async Task If_your_users_access_multiple_instances()
    {
        // "When you enable 2FA in your instance, all users of that instance will need to use 2FA to access any instance [...],
        //  including instances that belong to other companies."
        await EnforceAsync();
        var shared = _host.Member("shared");
        _host.Member("shared", Globex);
        var only = _host.Member("only-globex", Globex);
        var begun = (await _host.BeginAsync(shared)).As<BeginSignInResult.EnrollmentRequired>();
        Assert.That(begun.Explanation.Deciding.Single().OrganizationId, Is.EqualTo(Acme));
        Assert.That(await _host.BeginAsync(only), Is.TypeOf<BeginSignInResult.Allowed>());
    }

    [Test]
    [Feature("B7")]
    public async Task Making_the_change_to_2FA()
    {
        // Somebody is signed in without 2FA, and so is the administrator, by an earlier sign-in.
        using var fresh = await OrganizationHost.StartAsync(new TStore(), rootEnrolls: false);
        var ada = fresh.Member("ada");
        var epochs = (Admin: (await fresh.BeginAsync(Root)).As<BeginSignInResult.Allowed>().Epoch, Ada: (await fresh.BeginAsync(ada)).As<BeginSignInResult.Allowed>().Epoch);

        // "Under Platform-wide two-factor authentication, check Enable. Click Save changes."
        await fresh.MustChangeAsync(Acme, _ => PolicyPresets.RequiredAtOnce(Acme, fresh.Now));

        // "For now, you remain logged in": the epoch that sessions carry has not moved, and no session asks for a code.
        Assert.That(((await fresh.Status.GetAsync(Root)).Epoch, (await fresh.Status.GetAsync(ada)).Epoch), Is.EqualTo(epochs));
        Assert.That((await fresh.SignIn.CheckSessionAsync(new SignInRequest(Root), null)).NeedsStepUp, Is.False);

        // "Next time you log in, you will need to set up 2FA for your own account, like everyone else."
        Assert.That(await fresh.BeginAsync(Root), Is.TypeOf<BeginSignInResult.EnrollmentRequired>());
        Assert.That(await fresh.BeginAsync(ada), Is.TypeOf<BeginSignInResult.EnrollmentRequired>());
    }

    [Test]
    [Feature("B8")]
    public async Task Disabling_2FA_in_your_instance()
    {
        await EnforceAsync();
        var (keeps, leaves) = (await _host.EnrollAsync(_host.Member("keeps")), await _host.EnrollAsync(_host.Member("leaves")));
        var never = _host.Member("never");

        // "Under Platform-wide two-factor authentication, clear Enable. Click Save changes."
        await _host.MustChangeAsync(Acme, policy => policy with { Rules = [.. policy.Rules.Select(rule => rule with { Mode = EnforcementMode.Off })] });
        Assert.That(await _host.BeginAsync(never), Is.TypeOf<BeginSignInResult.Allowed>());

        // "This will not automatically turn off 2FA for your users. Each person can choose to continue using 2FA"
        Assert.That(await _host.SignInAsync(keeps), Is.TypeOf<VerifySignInResult.SignedIn>());

        // "or you can unregister them."
        Assert.That(await _host.Administration.UnregisterAsync(Root, leaves.Id, "asked for it", Acme), Is.TypeOf<AdministrationResult.Done>());
        Assert.That(await _host.BeginAsync(leaves.Id), Is.TypeOf<BeginSignInResult.Allowed>());
    }

    [Test]
    [Feature("B9")]
    public async Task Unlocking_a_locked_account()
    {
        await EnforceAsync();
        var (ada, bob) = (await _host.EnrollAsync(_host.Member("ada")), await _host.EnrollAsync(_host.Member("bob")));
        foreach (var (person, minutes) in new[] { (bob, 5), (ada, 10), (bob, 15), (ada, 20) })
        {
            await _host.SignInAsync(person);
            _host.Clock.Advance(TimeSpan.FromMinutes(minutes));
        }

        for (var i = 0; i < 5; i++) await _host.SignIn.ReportPasswordFailureAsync(ada.Id);

        // "Enter a name or email in the search box."
        Assert.That(await NamesAsync(new UserListQuery { Search = "ad" }), Is.EqualTo("ada"));
        Assert.That(await NamesAsync(new UserListQuery { Search = "bob@example" }), Is.EqualTo("bob"));

        // "Use the filters to restrict the list of users to a subset."
        Assert.That(await NamesAsync(new UserListQuery { Statuses = [UserStatusKind.Locked] }), Is.EqualTo("ada"));

        // "Click on the Name, Status, or Previous sign in date columns to sort users."
        Assert.That(await NamesAsync(new UserListQuery { Sort = UserListSort.Name, Descending = true }), Is.EqualTo("root bob ada"));
        Assert.That(await NamesAsync(new UserListQuery { Sort = UserListSort.Status }), Does.StartWith("ada "), "what needs a hand first");
        Assert.That(await NamesAsync(new UserListQuery { Sort = UserListSort.PreviousSignIn, Search = "example.org", Enabled = true }), Does.Contain("bob ada"));

        // "Click that user's name. The User Details panel opens. Click Unlock."
        var details = (await _host.Users.GetAsync(Root, Acme, ada.Id)).As<UserDetailsResult.Found>().User;
        Assert.That((details.Status.Kind, details.Status.Lock!.Reason), Is.EqualTo((UserStatusKind.Locked, LockReason.PasswordFailures)));
        Assert.That(await _host.Administration.UnlockAsync(Root, ada.Id, organization: Acme), Is.TypeOf<AdministrationResult.Done>());

        // "The locked user can log into [it] again."
        Assert.That(await _host.SignInAsync(ada), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    [Feature("B10")]
    public async Task Unregistering_someone_else([Values] bool enforced)
    {
        if (enforced) await EnforceAsync();
        var ada = await _host.EnrollAsync(_host.Member("ada"));

        // "Click Unregister 2FA. That user is now unregistered from 2FA."
        Assert.That(await _host.Administration.UnregisterAsync(Root, ada.Id, "new phone", Acme), Is.TypeOf<AdministrationResult.Done>());
        Assert.That((await _host.Status.GetAsync(ada.Id)).IsEnrolled, Is.False);

        // "If 2FA is enforced, next time they try to log in, [it] will prompt them to enroll their new device in 2FA.
        //  If 2FA is not enforced, this person will no longer need to use 2FA."
        Assert.That(await _host.BeginAsync(ada.Id), enforced ? Is.TypeOf<BeginSignInResult.EnrollmentRequired>() : Is.TypeOf<BeginSignInResult.Allowed>());
    }

    [Test]
    [Feature("B11"), Feature("B12")]
    public async Task Unregistering_yourself()
    {
        await EnforceAsync();
        var ada = await _host.EnrollAsync(_host.Member("ada"));
        var signedIn = (await _host.SignInAsync(ada)).As<VerifySignInResult.SignedIn>();

        // "Click Unregister device": not without proving the device.
        Assert.That(await _host.Enrollment.UnregisterAsync(ada.Id, null), Is.TypeOf<UnregisterResult.ProofRequired>());

        // "Select Unregister & Log out which will log you out immediately": the epoch moves, so every session that carries it is over.
        var removed = (await _host.Enrollment.UnregisterAsync(ada.Id, signedIn.Proof)).As<UnregisterResult.Removed>();
        Assert.That((await _host.Status.GetAsync(ada.Id)).Epoch, Is.GreaterThan(signedIn.Proof.Epoch));

        // "Each person must remove [it] from their authenticator app if they no longer wish for it to appear there."
        Assert.That((removed.Issuer, removed.AccountName), Is.EqualTo(("Acme", "ada@example.org")));

        // "Log into [it] again and repeat the registration process"
        var again = (await _host.BeginAsync(ada.Id)).As<BeginSignInResult.EnrollmentRequired>();
        var renewed = await _host.EnrollAsync(ada.Id);
        Assert.That(await _host.SignIn.CompleteEnrollmentAsync(again.Challenge, renewed.Proof), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    private async Task AssertLockedUntilUnlockedAsync(Person person)
    {
        _host.Days(300);
        Assert.That(await _host.BeginAsync(person.Id), Is.TypeOf<BeginSignInResult.LockedOut>(), "no time unlocks it");
        Assert.That(await _host.Administration.UnlockAsync(Root, person.Id, organization: Acme), Is.TypeOf<AdministrationResult.Done>());
        Assert.That(await _host.SignInAsync(person), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    private async Task<string> NamesAsync(UserListQuery query) =>
        string.Join(' ', (await _host.Users.QueryAsync(Root, Acme, query)).As<UserListResult.Page>().Users.Select(u => u.User.Id.Value));
}
