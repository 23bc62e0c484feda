using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Tests.Support.Organizations;
using TwoFactor.TrustedDevices;

namespace TwoFactor.Tests.TrustedDevices;

/// <summary>The days that administrators set, of one organisation and of several.</summary>
[Feature("C2"), Feature("C3")]
public sealed class TrustPolicyTests : IDisposable
{
    private static readonly OrganizationId Acme = OrganizationHost.Acme;
    private static readonly OrganizationId Globex = OrganizationHost.Globex;

    private OrganizationHost _host = null!;
    private Person _ada = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _host = await OrganizationHost.StartAsync();
        _ada = await _host.EnrollAsync(_host.Member("ada"));
        _host.NextCode();
    }

    [TearDown]
    public void Dispose() => _host.Dispose();

    [Test]
    public async Task It_is_off_by_default_so_that_no_checkbox_is_offered_and_ticking_one_changes_nothing()
    {
        var browser = BrowserOf(_ada);
        var challenge = (await browser.BeginAsync()).As<BeginSignInResult.ChallengeRequired>();
        Assert.That(challenge.TrustOfferDays, Is.Null);
        Assert.That((await browser.EnterCodeAsync(challenge.Challenge, "forged")).Device, Is.Null);
        Assert.That((await _host.StoredAsync(_ada.Id)).TrustedDevices, Is.Empty);
    }

    [Test]
    public async Task Turning_it_off_asks_for_a_code_at_every_sign_in_tokens_issued_earlier_included()
    {
        await AllowAsync(30);
        var browser = BrowserOf(_ada);
        await browser.TrustAsync();
        Assert.That(await browser.IsTrustedAsync(), Is.True);
        var cookie = browser.Cookie;

        await AllowAsync(null);
        Assert.That((await browser.BeginAsync()).As<BeginSignInResult.ChallengeRequired>().TrustRefusal, Is.EqualTo(TrustRefusal.Off));

        // "On" again: what was trusted before stays dead, even if the browser never came by in between.
        _host.NextCode();
        await AllowAsync(30);
        browser.Cookie = cookie;
        Assert.That((await browser.BeginAsync()).As<BeginSignInResult.ChallengeRequired>().TrustRefusal, Is.EqualTo(TrustRefusal.Expired));
        Assert.That(await ((TrustedDeviceService)_host.Services.GetService(typeof(TrustedDeviceService))!).ListAsync(_ada.Id), Is.Empty);
    }

    [Test]
    public async Task Going_from_90_to_7_days_bites_at_once_and_going_back_gives_no_more_than_was_given()
    {
        await AllowAsync(90);
        var browser = BrowserOf(_ada);
        await browser.TrustAsync();
        _host.Days(8);
        Assert.That(await browser.IsTrustedAsync(), Is.True);
        await AllowAsync(7);
        Assert.That((await browser.BeginAsync()).As<BeginSignInResult.ChallengeRequired>().TrustRefusal, Is.EqualTo(TrustRefusal.Expired));
    }

    [Test]
    public async Task More_days_do_not_lengthen_what_was_trusted_for_fewer()
    {
        await AllowAsync(7);
        var browser = BrowserOf(_ada);
        var grant = await browser.TrustAsync();
        await AllowAsync(90);
        _host.Clock.SetTo(grant.ExpiresAt.AddTicks(-1));
        Assert.That(await browser.IsTrustedAsync(), Is.True);
        _host.Clock.SetTo(grant.ExpiresAt);
        Assert.That(await browser.IsTrustedAsync(), Is.False);
    }

    [Test]
    [Feature("B6")]
    public async Task Of_two_organizations_the_fewer_days_count_and_none_if_one_says_none()
    {
        await AllowAsync(90);
        var browser = BrowserOf(_ada);
        await browser.TrustAsync();

        _host.Directory.Join(_ada.Id, Globex);
        Assert.That((await browser.BeginAsync()).As<BeginSignInResult.ChallengeRequired>().TrustRefusal, Is.EqualTo(TrustRefusal.Off), "Globex has never allowed it");

        _host.Roles.Assign(OrganizationHost.Root, Globex, AdministratorRole.SystemAdministrator);
        await AllowAsync(14, Globex);
        _host.NextCode();
        var grant = await BrowserOf(_ada).TrustAsync();
        Assert.That(grant.ExpiresAt, Is.EqualTo(_host.Now.AddDays(14)));
    }

    [Test]
    public async Task Who_belongs_to_no_organization_has_the_hosts_own_days()
    {
        using var host = await OrganizationHost.StartAsync(configure: o => o.TrustedDevices.Days = 9);
        var free = await host.EnrollAsync(new UserId("free"));
        var member = await host.EnrollAsync(host.Member("member"));
        host.NextCode();
        Assert.That((await host.BeginAsync(free.Id)).As<BeginSignInResult.ChallengeRequired>().TrustOfferDays, Is.EqualTo(9));
        Assert.That((await host.BeginAsync(member.Id)).As<BeginSignInResult.ChallengeRequired>().TrustOfferDays, Is.Null);
    }

    [Test]
    public async Task Nobody_sets_since_when_devices_are_trusted_but_the_save_that_turns_it_on()
    {
        var forged = await _host.MustChangeAsync(Acme, p => p with { TrustedDeviceDays = 30, TrustedDevicesSince = DateTimeOffset.UnixEpoch });
        var on = _host.Now;
        Assert.That(forged.TrustedDevicesSince, Is.EqualTo(on));
        _host.Days(1);
        Assert.That((await _host.MustChangeAsync(Acme, p => p with { TrustedDeviceDays = 60, TrustedDevicesSince = null })).TrustedDevicesSince, Is.EqualTo(on));
        Assert.That((await _host.MustChangeAsync(Acme, p => p with { TrustedDeviceDays = null })).TrustedDevicesSince, Is.Null);
    }

    [Test]
    public async Task An_administrator_revokes_with_a_reason_and_it_is_recorded()
    {
        await AllowAsync(30);
        var browser = BrowserOf(_ada);
        var device = await browser.TrustAsync();
        Assert.That(await _host.Administration.RevokeTrustedDevicesAsync(OrganizationHost.Root, _ada.Id, "", Acme), Is.TypeOf<AdministrationResult.Invalid>());
        Assert.That(await _host.Administration.RevokeTrustedDevicesAsync(_ada.Id, _ada.Id, "mine", Acme), Is.TypeOf<AdministrationResult.Denied>());

        Assert.That(await _host.Administration.RevokeTrustedDevicesAsync(OrganizationHost.Root, _ada.Id, "laptop stolen", Acme), Is.TypeOf<AdministrationResult.Done>());

        var record = await _host.LastEventOfAsync(_ada.Id);
        Assert.That(
            (record.Name, record.Actor, record.Organization, record.Details["why"], record.Details["reason"], record.Details["trusted_devices"]),
            Is.EqualTo(("mfa_trusted_devices_revoked", "root", (OrganizationId?)Acme, "ByAdministrator", "laptop stolen", device.Id.ToString())));
        Assert.That(await browser.IsTrustedAsync(), Is.False);
        await _host.AssertChainAsync(_ada.Id);
    }

    [Test]
    public async Task A_method_that_asks_for_no_code_spends_no_token()
    {
        await AllowAsync(30);
        var browser = BrowserOf(_ada);
        await browser.TrustAsync();
        Assert.That(TrustedDeviceToken.TryParse(browser.Cookie, out var token), Is.True);
        var sso = await _host.SignIn.BeginAsync(new SignInRequest(_ada.Id) { Method = SignInMethod.Sso, TrustedDevice = token });
        Assert.That(sso, Is.TypeOf<BeginSignInResult.Allowed>());
        Assert.That(await browser.IsTrustedAsync(), Is.True);
    }

    private async Task AllowAsync(int? days, OrganizationId? organization = null) =>
        await _host.MustChangeAsync(organization ?? Acme, policy => policy with { TrustedDeviceDays = days });

    private Browser BrowserOf(Person person) => new(_host.SignIn, person, () => _host.Now);
}
