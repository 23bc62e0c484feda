using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Verification;

namespace TwoFactor.Tests.Lockout;

/// <summary>
/// Every public call that takes a code charges the one budget. The calls are found by reflection, so a new one fails here until a way to
/// give it a wrong code is written below.
/// </summary>
[Attack(15)]
public sealed class OneBudgetTests
{
    private static readonly Dictionary<string, Func<TestHost, Person, Task<CodeRefusal>>> s_wrongCodes = new()
    {
        ["SignInService.VerifyAsync"] = async (host, ada) =>
            (await host.EnterAsync(await host.PassPasswordAsync(ada), ada.App.WrongCodeAt(host.Now))).Refusal(),
        ["SignInService.StepUpAsync"] = async (host, ada) =>
            (await host.SignIn.StepUpAsync(ada.Id, MfaFactorType.BackupCode, ada.WrongBackupCode())).Refusal(),
        ["EnrollmentService.ConfirmAsync"] = async (host, ada) =>
        {
            var offer = await host.BeginEnrollmentAsync(ada.Id, ada.Proof);
            return (await host.Enrollment.ConfirmAsync(ada.Id, offer.EnrollmentId, Phone.Scan(offer.Uri).WrongCodeAt(host.Now))).Refusal();
        },
        ["EnrollmentService.ConfirmRequiredAsync"] = async (host, ada) =>
        {
            var offer = await host.BeginEnrollmentAsync(ada.Id, ada.Proof);
            return (await host.Enrollment.ConfirmRequiredAsync(await WaitForSetUpAsync(host, ada), offer.EnrollmentId, Phone.Scan(offer.Uri).WrongCodeAt(host.Now))).Refusal();
        },
    };

    /// <summary>Plants a sign-in that waits for a set-up, which no rule asks for here.</summary>
    private static async Task<ChallengeToken> WaitForSetUpAsync(TestHost host, Person person)
    {
        var token = ChallengeToken.New(person.Id);
        var account = await host.StoredAsync(person.Id);
        await host.OverwriteAsync(account with
        {
            Challenges = account.Challenges.Add(new Challenge
            {
                TokenHash = token.Hash, Method = SignInMethod.Password, Epoch = account.Epoch, IssuedAt = host.Now, ExpiresAt = host.Now.AddMinutes(5), IsForEnrollment = true,
            }),
        });
        return token;
    }

    private static IEnumerable<string> Calls()
    {
        var services = new ServiceCollection();
        services.AddTwoFactor(_ => { });
        return services.Select(d => d.ServiceType).Where(t => t is { IsPublic: true, IsInterface: false } && t.Assembly == typeof(SignInService).Assembly)
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly), (type, method) => (type, method))
            .Where(x => x.method.GetParameters().Any(p => p.Name!.Contains("code", StringComparison.OrdinalIgnoreCase)))
            .Select(x => $"{x.type.Name}.{x.method.Name}");
    }

    [Test]
    public void The_calls_that_take_a_code_are_these() => Assert.That(Calls(), Is.EquivalentTo(s_wrongCodes.Keys));

    [TestCaseSource(nameof(Calls))]
    public async Task Each_charges_the_budget_and_its_fifth_wrong_code_locks_all(string call)
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        for (var i = 1; i <= 4; i++)
        {
            Assert.That(await s_wrongCodes[call](host, ada), Is.TypeOf<CodeRefusal.Wrong>());
            Assert.That((await host.StoredAsync(ada.Id)).Attempts.RoundFailures, Is.EqualTo(i));
        }

        Assert.That(await s_wrongCodes[call](host, ada), Is.TypeOf<CodeRefusal.LockedOut>());
        Assert.That(await host.BeginSignInAsync(ada), Is.TypeOf<BeginSignInResult.LockedOut>());
        Assert.That((await host.SignIn.StepUpAsync(ada.Id, MfaFactorType.Totp, ada.App.CodeAt(host.Now))).Refusal(), Is.TypeOf<CodeRefusal.LockedOut>());
    }

    [Test]
    public async Task They_share_it()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var calls = s_wrongCodes.Values.ToArray();
        for (var i = 0; i < 4; i++) Assert.That(await calls[i % calls.Length](host, ada), Is.TypeOf<CodeRefusal.Wrong>());
        Assert.That(await calls[1](host, ada), Is.TypeOf<CodeRefusal.LockedOut>());
    }
}
