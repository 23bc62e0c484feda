using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.SignIn;
using TwoFactor.StoreConformance;
using TwoFactor.Testing;
using TwoFactor.Verification;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>
/// The connection is cut while a code is being accepted: before, inside and after the one statement that is its transaction. Whatever the
/// caller is told, a code signs in at most once, and an outcome that is not known is no sign-in.
/// </summary>
[TestFixture]
[Feature("X1")]
[Category(Soak.Category)]
public sealed class CutConnectionTests
{
    private static readonly int s_rounds = Soak.IsOn ? 2_000 : 60;

    [TestCase(Cut.BeforeTheStatement)]
    [TestCase(Cut.InsideTheStatement)]
    [TestCase(Cut.BeforeTheAnswer)]
    [TestCase(Cut.InsideTheAnswer)]
    [Attack(1)]
    public async Task A_code_signs_in_at_most_once_and_doubt_is_denied(Cut cut)
    {
        CuttingProxy? wire = null;
        await using var host = await Host.EnrolledAsync(Engine.PostgreSql, createStore: database =>
        {
            var direct = new NpgsqlConnectionStringBuilder(database.ConnectionString);
            wire = new CuttingProxy(direct.Port, "WITH replaced AS"u8.ToArray());
            // Statements that were prepared earlier would be sent by their names: without, each has its text.
            var through = new NpgsqlConnectionStringBuilder(direct.ConnectionString) { Port = wire.Port, MaxAutoPrepare = 0 }.ConnectionString;
            return new EntityFrameworkAccountStore(() => new TwoFactorDbContext(new DbContextOptionsBuilder<TwoFactorDbContext>().UseNpgsql(through).Options), TimeProvider.System);
        });
        await using var proxy = wire!;
        var (signedIn, unknown, lost) = (0, 0, 0);
        for (var round = 0; round < s_rounds; round++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(2));
            var begun = (BeginSignInResult.ChallengeRequired)await host.SignIn.BeginAsync(new SignInRequest(host.User));
            var code = host.CodeNow;
            var successes = 0;
            proxy.Arm(cut, round % 97);
            try
            {
                if (await host.SignIn.VerifyAsync(begun.Challenge, MfaFactorType.Totp, code) is VerifySignInResult.SignedIn) successes++;
            }
            catch (DbException e)
            {
                Assert.That(e.IsTransient, Is.True, e.Message);
                unknown++;
            }

            Assert.That(proxy.Cuts, Is.EqualTo(round + 1), "The connection was cut.");
            Assert.That(successes, Is.Zero, "Nothing is granted on an answer that did not come.");
            // Whoever was not told tries again: the code is still good, or it is spent.
            var again = await host.SignIn.VerifyAsync(begun.Challenge, MfaFactorType.Totp, code);
            if (again is VerifySignInResult.SignedIn) signedIn++;
            else lost++;
            Assert.That(again, Is.InstanceOf<VerifySignInResult.SignedIn>().Or.InstanceOf<VerifySignInResult.ChallengeVoid>());

            var third = await host.SignIn.BeginAsync(new SignInRequest(host.User));
            var replay = await host.SignIn.VerifyAsync(((BeginSignInResult.ChallengeRequired)third).Challenge, MfaFactorType.Totp, code);
            Assert.That(replay, Is.InstanceOf<VerifySignInResult.Refused>().With.Property("Refusal").InstanceOf<CodeRefusal.Replayed>());
        }

        await TestContext.Out.WriteLineAsync($"connections cut: {proxy.Cuts}");
        var (account, _) = await host.Store.LoadAsync(host.User, CancellationToken.None);
        var events = await host.Store.EventsOfAsync(host.User);
        Assert.That(AuditChain.FindBreak(events, account!.AuditHead), Is.Null, "State and trail agree.");
        Assert.That(events.Count(e => e.Name == AuditNames.SignInSucceeded), Is.EqualTo(s_rounds), "Each code was accepted once, by whichever try.");
        Assert.That(unknown, Is.EqualTo(s_rounds));
        Assert.That(cut is Cut.BeforeTheAnswer or Cut.InsideTheAnswer ? lost : signedIn, Is.EqualTo(s_rounds), "What reached the server was written, and nothing else.");
    }
}
