using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Auditing;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Tests.Support.Organizations;
using TwoFactor.Verification;

namespace TwoFactor.Tests.Scenarios;

/// <summary>The guide "Two-factor authentication (2FA) for organizations", from top to bottom. Each quoted line is one of the guide's.</summary>
[TestFixture(typeof(InMemoryScenarioStore))]
[TestFixture(typeof(SqliteScenarioStore))]
[TestFixture(typeof(PostgreSqlScenarioStore))]
public sealed class RequiringTwoFactorWithoutSsoGuide<TStore> where TStore : ScenarioStore, new()
{
    private static readonly OrganizationId Acme = OrganizationHost.Acme;
    private static readonly UserId Root = OrganizationHost.Root;
    private OrganizationHost _host = null!;
    private UserId _member;
    private UserId _external;

    [SetUp]
    public async Task StartAsync()
    {
        _host = await OrganizationHost.StartAsync(new TStore(), options => options.BackupCodes.Count = 1);
        _member = _host.Member("member@acme.example");
        _external = new UserId("partner@elsewhere.example");
        _host.Directory.Join(_external, Acme, MembershipKind.ExternalCollaborator);
    }

    [TearDown]
    public void Stop() => _host.Dispose();

    // "Toggle on Enforce 2FA for non-SSO users"
    private Task<OrganizationPolicy> EnforceAsync(bool sso = false) => _host.MustChangeAsync(Acme, _ => PolicyPresets.RequiredWithoutSso(Acme, _host.Now, sso));

    [Test]
    [Feature("C1"), Feature("C8")]
    public async Task For_companies_utilizing_SSO_it_includes_external_collaborators()
    {
        await EnforceAsync(sso: true);

        // "For companies utilizing SSO, 2FA specifically includes external collaborators"
        Assert.That(await _host.BeginAsync(_external), Is.TypeOf<BeginSignInResult.EnrollmentRequired>());
        Assert.That(await _host.BeginAsync(_member, SignInMethod.Sso), Is.TypeOf<BeginSignInResult.Allowed>().With.Property("Prompt").Null);
        Assert.That(await _host.BeginAsync(_member), Is.TypeOf<BeginSignInResult.Allowed>().With.Property("Prompt").Null);

        // "2FA is supported for users outside of the organization's domains."
        var person = await _host.EnrollAsync(_external);
        Assert.That(await _host.SignInAsync(person), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    [Feature("C1"), Feature("C8")]
    public async Task For_organizations_without_SSO_it_extends_to_all_users()
    {
        await EnforceAsync();

        // "for organizations without SSO, it extends to all users."
        foreach (var user in new[] { _member, _external }) Assert.That(await _host.BeginAsync(user), Is.TypeOf<BeginSignInResult.EnrollmentRequired>(), user.ToString());
    }

    [Test]
    public async Task Trusting_devices_can_be_allowed_for_7_to_90_days()
    {
        // "You can allow user devices to be trusted for 7 to 90 days."
        foreach (var (days, allowed) in new (int?, bool)[] { (6, false), (7, true), (90, true), (91, false), (null, true) })
        {
            var result = await _host.ChangeAsync(Acme, _ => PolicyPresets.RequiredWithoutSso(Acme, _host.Now, sso: false, trustedDeviceDays: days));
            Assert.That(result, allowed ? Is.TypeOf<SavePolicyResult.Saved>() : Is.TypeOf<SavePolicyResult.Invalid>(), $"{days} days");
        }
    }

    [Test]
    [Feature("C2"), Feature("C3")]
    public async Task Users_can_skip_2FA_on_a_trusted_device_for_the_days_that_the_administrator_set()
    {
        await _host.MustChangeAsync(Acme, _ => PolicyPresets.RequiredWithoutSso(Acme, _host.Now, sso: false, trustedDeviceDays: 14));
        var browser = new Browser(_host.SignIn, await _host.EnrollAsync(_member), () => _host.Now);
        _host.NextCode();

        // "your 2FA users will be shown a checkbox which allows them to skip 2FA each time they sign in on that device for the next X days"
        Assert.That((await browser.BeginAsync()).As<BeginSignInResult.ChallengeRequired>().TrustOfferDays, Is.EqualTo(14));
        await browser.TrustAsync();
        for (var day = 0; day < 13; day++)
        {
            _host.Days(1);
            Assert.That(await browser.IsTrustedAsync(), Is.True, $"day {day + 1}");
        }

        // "2FA will not be skipped if users sign in on a new device or browser or if they clear their browser cookies."
        Assert.That(await new Browser(_host.SignIn, (await _host.EnrollAsync(_host.Member("other@acme.example"))), () => _host.Now).IsTrustedAsync(), Is.False);
        var cookie = browser.Cookie;
        browser.Cookie = null;
        Assert.That(await browser.IsTrustedAsync(), Is.False);
        browser.Cookie = cookie;

        // "2FA will be required again after the trusted period passes."
        _host.Days(1);
        Assert.That(await browser.IsTrustedAsync(), Is.False);

        // "If trusting 2FA devices is disabled, users will have to enter a 2FA code on every sign in."
        await browser.TrustAsync();
        await _host.MustChangeAsync(Acme, policy => policy with { TrustedDeviceDays = null });
        Assert.That(await browser.IsTrustedAsync(), Is.False);
        Assert.That((await browser.BeginAsync()).As<BeginSignInResult.ChallengeRequired>().TrustOfferDays, Is.Null);
    }

    [Test]
    [Feature("C4")]
    public async Task Non_SSO_users_are_prompted_during_their_next_login()
    {
        // Before: a session without a second factor, and one with.
        var plain = (await _host.BeginAsync(_member)).As<BeginSignInResult.Allowed>();
        var enrolled = await _host.EnrollAsync(_host.Member("enrolled@acme.example"));
        var proved = (await _host.SignInAsync(enrolled)).As<VerifySignInResult.SignedIn>();
        await EnforceAsync();

        // "This process will not log them out from any ongoing sessions."
        Assert.That((await _host.Status.GetAsync(_member)).Epoch, Is.EqualTo(plain.Epoch));
        Assert.That((await _host.Status.GetAsync(enrolled.Id)).Epoch, Is.EqualTo(proved.Proof.Epoch));
        Assert.That((await _host.SignIn.CheckSessionAsync(new SignInRequest(enrolled.Id), proved.Proof)).NeedsStepUp, Is.False);

        // "Non-SSO users will be prompted to set up their second factor during their next login."
        Assert.That(await _host.BeginAsync(_member), Is.TypeOf<BeginSignInResult.EnrollmentRequired>());
    }

    [Test]
    [Feature("C5"), Feature("C9")]
    public async Task There_is_a_limit_of_3_attempts()
    {
        await EnforceAsync();
        var person = await _host.EnrollAsync(_member);
        _host.NextCode();
        var challenge = (await _host.BeginAsync(_member)).As<BeginSignInResult.ChallengeRequired>().Challenge;

        // "For users using 2FA, there is a limit of 3 attempts to enter a valid TOTP code."
        for (var i = 1; i <= 3; i++)
        {
            var refusal = (await _host.SignIn.VerifyAsync(challenge, MfaFactorType.Totp, person.App.WrongCodeAt(_host.Now))).Refusal();
            Assert.That(refusal, i < 3 ? Is.TypeOf<CodeRefusal.Wrong>() : Is.TypeOf<CodeRefusal.StartOver>());
        }

        // "`sign_in_failed` event [...] include MfaFactorType attribute [...] exceeding the maximum number of attempts"
        var failed = (await _host.EventsOfAsync(_member)).Single(e => e.Name == "sign_in_failed");
        Assert.That(failed.MfaFactorType, Is.EqualTo(MfaFactorType.Totp));

        // "they will need to start the authentication process again."
        Assert.That(await _host.SignIn.VerifyAsync(challenge, MfaFactorType.Totp, person.App.CodeAt(_host.Now)), Is.Not.TypeOf<VerifySignInResult.SignedIn>());
        Assert.That(await _host.SignInAsync(person), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    [Feature("C6")]
    public async Task Registration_is_on_browser_and_desktop_only([Values] ClientKind client)
    {
        await EnforceAsync();

        // "the initial registration process is supported exclusively on browser and desktop applications."
        var begun = await _host.BeginAsync(_member, client: client);
        if (client is ClientKind.Browser or ClientKind.Desktop) Assert.That(begun, Is.TypeOf<BeginSignInResult.EnrollmentRequired>());
        else Assert.That(begun.As<BeginSignInResult.EnrollElsewhere>().Clients, Is.EqualTo(s_clients));

        // "While 2FA login is available on mobile and tablet apps"
        var person = await _host.EnrollAsync(_member);
        _host.NextCode();
        var challenge = (await _host.BeginAsync(_member, client: client)).As<BeginSignInResult.ChallengeRequired>().Challenge;
        Assert.That(await _host.SignIn.VerifyAsync(challenge, MfaFactorType.Totp, person.App.CodeAt(_host.Now)), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    private static readonly ClientKind[] s_clients = [ClientKind.Browser, ClientKind.Desktop];

    [Test]
    [Feature("C6"), Feature("A3")]
    public async Task During_grace_a_mobile_user_gets_in_and_is_told_where_to_go()
    {
        var policy = PolicyPresets.RequiredWithoutSso(Acme, _host.Now, sso: false);
        await _host.MustChangeAsync(Acme, _ => policy with { Rules = [policy.Rules[0] with { Grace = TimeSpan.FromDays(7) }] });
        var allowed = (await _host.BeginAsync(_member, client: ClientKind.Mobile)).As<BeginSignInResult.Allowed>();
        Assert.That(allowed.Prompt, Is.EqualTo(new EnrollmentPrompt(_host.Now.AddDays(7), CanEnrollHere: false)));
    }

    [Test]
    [Feature("C7")]
    public async Task Enforcement_applies_to_password_and_magic_links()
    {
        await EnforceAsync();

        // "Enforcement of 2FA only applies to users authenticating with their email and password or via magic links (sent via email)."
        foreach (var method in new[] { SignInMethod.Password, SignInMethod.MagicLink })
            Assert.That(await _host.BeginAsync(_member, method), Is.TypeOf<BeginSignInResult.EnrollmentRequired>(), method.ToString());

        // "If an external collaborator [...] is already authenticating using SSO from their home organization, they will continue"
        Assert.That(await _host.BeginAsync(_external, SignInMethod.Sso), Is.TypeOf<BeginSignInResult.Allowed>());

        // "When a user authenticates through a third-party login integration (e.g., Google, Microsoft, Slack), they will maintain access"
        foreach (var provider in new[] { "Google", "Microsoft", "Slack" })
        {
            var allowed = await _host.BeginAsync(_member, SignInMethod.External(provider));

            // "authentication flow will not prompt these users to set up a second factor."
            Assert.That(allowed, Is.TypeOf<BeginSignInResult.Allowed>().With.Property("Prompt").Null, provider);
        }
    }

    [Test]
    [Feature("C9"), Feature("X10")]
    public async Task Audit_logs()
    {
        await EnforceAsync();
        var begun = (await _host.BeginAsync(_member)).As<BeginSignInResult.EnrollmentRequired>();
        var person = await _host.EnrollAsync(_member);
        await _host.SignIn.CompleteEnrollmentAsync(begun.Challenge, person.Proof);
        await _host.SignInAsync(person);
        var challenge = (await _host.BeginAsync(_member)).As<BeginSignInResult.ChallengeRequired>().Challenge;
        await _host.SignIn.VerifyAsync(challenge, MfaFactorType.BackupCode, person.BackupCodes[0]);
        await _host.BeginAsync(_external, SignInMethod.Sso);

        // "Administrators can track users who have set up 2FA, along with 2FA login successes and failures with the following audit log events"
        var names = new[] { "mfa_setup_succeeded", "sign_in_succeeded" };
        var page = (await _host.Audit.QueryAsync(Root, Acme, new AuditQuery { Names = [.. names] })).As<AuditResult.Found>().Page;
        var events = page.Events.Where(e => e.Subject != Root).Reverse().Select(e => (e.Subject!.Value.Value, e.Name, e.MfaFactorType)).ToList();

        // "`mfa_setup_succeeded` - if a user has successfully set up their second factor"
        // "`sign_in_succeeded` event to include MfaFactorType attribute if a successful login is completed with 2FA"
        Assert.That(events, Is.EquivalentTo(new (string, string, MfaFactorType?)[]
        {
            (_member.Value, "mfa_setup_succeeded", MfaFactorType.Totp),
            (_member.Value, "sign_in_succeeded", MfaFactorType.Totp),
            (_member.Value, "sign_in_succeeded", MfaFactorType.Totp),
            (_member.Value, "sign_in_succeeded", MfaFactorType.BackupCode),
            (_external.Value, "sign_in_succeeded", null),
        }));
        Assert.That(await _host.Audit.VerifyAsync(Root, Acme, _member), Is.TypeOf<AuditResult.Checked>().With.Property("BrokenAt").Null);
        Assert.That(await _host.Audit.VerifyAsync(Root, Acme), Is.TypeOf<AuditResult.Checked>().With.Property("BrokenAt").Null);
    }
}
