using System.Collections.Immutable;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.EntityFrameworkCore.Tests.Faults;
using TwoFactor.SignIn;
using TwoFactor.Storage;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests;

[TestFixture]
[Feature("X1")]
public sealed class ServiceFaultTests
{
    // Load, unless the store remembers what the first half has saved: CONNECT, SELECT. Save on SQLite: CONNECT, BEGIN, UPDATE, UPDATE, INSERT, COMMIT,
    // on PostgreSQL: CONNECT, WITH; after it the code is spent, whoever was told so.
    private static readonly (Engine Engine, bool Remembers, int Written)[] Ways =
        [(Engine.Sqlite, false, 9), (Engine.Sqlite, true, 7), (Engine.PostgreSql, false, 5), (Engine.PostgreSql, true, 3)];

    private static IEnumerable<TestCaseData> Steps =>
        Ways.SelectMany(way => Enumerable.Range(1, way.Written).Select(step => new TestCaseData(way.Engine, way.Remembers, step, way.Written)));

    [TestCaseSource(nameof(Steps))]
    public async Task A_store_that_throws_leaves_the_caller_with_its_exception_and_nothing_accepted(Engine engine, bool remembers, int step, int written)
    {
        var plan = new FaultPlan();
        await using var host = await Host.EnrolledAsync(engine, createStore: database => remembers ? database.CreateStore(plan) : new ForgetfulStore(database.CreateStore(plan)));
        var begun = (BeginSignInResult.ChallengeRequired)await host.SignIn.BeginAsync(new SignInRequest(host.User));

        plan.Arm(step);
        await Assert.ThrowsAsync<InjectedFaultException>(async () => await host.SignIn.VerifyAsync(begun.Challenge, MfaFactorType.Totp, host.CodeNow));
        Assert.That(plan.Steps, Has.Count.EqualTo(step));

        plan.Arm(0);
        var again = await host.SignIn.VerifyAsync(begun.Challenge, MfaFactorType.Totp, host.CodeNow);
        Assert.That(again, step < written ? Is.InstanceOf<VerifySignInResult.SignedIn>() : Is.InstanceOf<VerifySignInResult.ChallengeVoid>());
    }
    private sealed class ForgetfulStore(IAccountStore inner) : IAccountStore
    {
        public ValueTask<StoredAccount> LoadAsync(UserId userId, CancellationToken cancellationToken) => inner.LoadAsync(userId, cancellationToken);

        public ValueTask<bool> TrySaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken) =>
            inner.TrySaveAsync(account, expectedVersion, events, cancellationToken);
    }
}
