using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.EntityFrameworkCore.Tests.Faults;
using TwoFactor.SignIn;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests;

[TestFixture]
[Feature("X1")]
public sealed class ServiceFaultTests
{
    // Load: CONNECT, SELECT. Save on SQLite: CONNECT, BEGIN, UPDATE, UPDATE, INSERT, COMMIT, on PostgreSQL: CONNECT, WITH; after it the code is spent,
    // whoever was told so.
    private static readonly Dictionary<Engine, int> Written = new() { [Engine.Sqlite] = 9, [Engine.PostgreSql] = 5 };

    private static IEnumerable<TestCaseData> Steps =>
        Written.SelectMany(engine => Enumerable.Range(1, engine.Value).Select(step => new TestCaseData(engine.Key, step)));

    [TestCaseSource(nameof(Steps))]
    public async Task A_store_that_throws_leaves_the_caller_with_its_exception_and_nothing_accepted(Engine engine, int step)
    {
        var plan = new FaultPlan();
        await using var host = await Host.EnrolledAsync(engine, createStore: database => database.CreateStore(plan));
        var begun = (BeginSignInResult.ChallengeRequired)await host.SignIn.BeginAsync(new SignInRequest(host.User));

        plan.Arm(step);
        await Assert.ThrowsAsync<InjectedFaultException>(async () => await host.SignIn.VerifyAsync(begun.Challenge, MfaFactorType.Totp, host.CodeNow));
        Assert.That(plan.Steps, Has.Count.EqualTo(step));

        plan.Arm(0);
        var again = await host.SignIn.VerifyAsync(begun.Challenge, MfaFactorType.Totp, host.CodeNow);
        Assert.That(again, step < Written[engine] ? Is.InstanceOf<VerifySignInResult.SignedIn>() : Is.InstanceOf<VerifySignInResult.ChallengeVoid>());
    }
}
