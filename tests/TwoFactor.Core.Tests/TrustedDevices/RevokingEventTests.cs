using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;

namespace TwoFactor.Tests.TrustedDevices;

/// <summary>After each revoking event, no token of any generation is worth anything, whatever comes after it.</summary>
[Attack(22)]
[Feature("C2")]
public sealed class RevokingEventTests
{
    private static readonly Dictionary<string, Func<TestHost, Person, Task<Person>>> s_events = new()
    {
        ["reset by an administrator"] = async (host, ada) =>
        {
            Assert.That(await host.Administration.ResetAsync(Administrators.Root, ada.Id, "lost", "call"), Is.TypeOf<AdministrationResult.Done>());
            return await host.EnrollAsync();
        },
        ["unregistered by an administrator"] = async (host, ada) =>
        {
            Assert.That(await host.Administration.UnregisterAsync(Administrators.Root, ada.Id, "lost"), Is.TypeOf<AdministrationResult.Done>());
            return await host.EnrollAsync();
        },
        ["unregistered by the user"] = async (host, ada) =>
        {
            Assert.That(await host.Enrollment.UnregisterAsync(ada.Id, await FreshProofAsync(host, ada)), Is.TypeOf<UnregisterResult.Removed>());
            return await host.EnrollAsync();
        },
        ["another authenticator"] = async (host, ada) => await host.EnrollAsync(proof: await FreshProofAsync(host, ada)),
        ["password changed"] = async (host, ada) =>
        {
            Assert.That(await host.SignIn.ReportPasswordChangedAsync(ada.Id), Is.True);
            return ada;
        },
        ["all revoked by the user"] = async (host, ada) =>
        {
            await host.TrustedDevices.RevokeAllAsync(ada.Id);
            return ada;
        },
        ["all revoked by an administrator"] = async (host, ada) =>
        {
            Assert.That(await host.Administration.RevokeTrustedDevicesAsync(Administrators.Root, ada.Id, "laptop stolen"), Is.TypeOf<AdministrationResult.Done>());
            return ada;
        },
    };

    private static IEnumerable<string> Events => s_events.Keys;

    [TestCaseSource(nameof(Events))]
    public async Task No_token_of_any_generation_is_accepted_after(string name)
    {
        using var host = TestHost.Start(o => o.TrustedDevices.Days = 90);
        var ada = await host.EnrollAsync();
        var browser = new Browser(host.SignIn, ada, () => host.Now);
        await browser.TrustAsync();
        host.NextCode();
        var tokens = new List<string> { browser.Cookie! };
        for (var i = 0; i < 3; i++)
        {
            Assert.That(await browser.IsTrustedAsync(), Is.True);
            tokens.Add(browser.Cookie!);
        }

        var after = await s_events[name](host, ada);

        // The newest first, while nothing else could have made it worthless.
        foreach (var token in Enumerable.Reverse(tokens))
        {
            var holder = new Browser(host.SignIn, after, () => host.Now) { Cookie = token };
            Assert.That(await holder.BeginAsync(), Is.TypeOf<BeginSignInResult.ChallengeRequired>());
        }

        Assert.That(await host.TrustedDevices.ListAsync(ada.Id), Is.Empty);
        host.NextCode();
        var again = new Browser(host.SignIn, after, () => host.Now);
        await again.TrustAsync();
        Assert.That(await again.IsTrustedAsync(), Is.True, "a device can be trusted anew");
    }

    [Test]
    public async Task A_session_of_a_trusted_sign_in_ends_with_the_epoch()
    {
        using var host = TestHost.Start(o => o.TrustedDevices.Days = 90);
        var ada = await host.EnrollAsync();
        var browser = new Browser(host.SignIn, ada, () => host.Now);
        await browser.TrustAsync();
        var proof = (await browser.BeginAsync()).As<BeginSignInResult.Trusted>().Proof;
        await host.Administration.ResetAsync(Administrators.Root, ada.Id, "lost", "call");
        Assert.That((await host.Status.GetAsync(ada.Id)).Epoch, Is.Not.EqualTo(proof.Epoch));
    }

    [Test]
    public async Task A_database_that_brings_an_old_device_back_brings_no_trust_back()
    {
        using var host = TestHost.Start(o => o.TrustedDevices.Days = 90);
        var ada = await host.EnrollAsync();
        var browser = new Browser(host.SignIn, ada, () => host.Now);
        await browser.TrustAsync();
        var device = (await host.StoredAsync(ada.Id)).TrustedDevices.Single();
        await host.Administration.ResetAsync(Administrators.Root, ada.Id, "lost", "call");
        var after = await host.EnrollAsync();
        await host.OverwriteAsync(await host.StoredAsync(ada.Id) with { TrustedDevices = [device] });

        var result = await new Browser(host.SignIn, after, () => host.Now) { Cookie = browser.Cookie }.BeginAsync();
        Assert.That(result.As<BeginSignInResult.ChallengeRequired>().TrustRefusal, Is.EqualTo(global::TwoFactor.TrustedDevices.TrustRefusal.Superseded));
    }

    private static async Task<Proof> FreshProofAsync(TestHost host, Person person)
    {
        var proof = (await host.SignIn.StepUpAsync(person.Id, MfaFactorType.Totp, person.App.CodeAt(host.Now))).As<StepUpResult.Proved>().Proof;
        host.NextCode();
        return proof;
    }
}
