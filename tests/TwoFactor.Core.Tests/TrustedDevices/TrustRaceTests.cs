using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.SignIn;
using TwoFactor.Storage;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;

namespace TwoFactor.Tests.TrustedDevices;

/// <summary>One token, presented many times at once.</summary>
[Attack(22)]
public sealed class TrustRaceTests
{
    private const int Parallel = 64;

    [Test]
    public async Task Of_64_parallel_presentations_of_one_token_one_is_trusted_and_the_copies_kill_the_device()
    {
        using var host = TestHost.Start(o => o.TrustedDevices.Days = 30);
        Assert.That(await PresentAsync(host.SignIn, host), Is.EqualTo(1));
    }

    [Test]
    public async Task A_store_that_writes_without_comparing_is_found_by_the_same_test()
    {
        using var host = TestHost.Start(o => o.TrustedDevices.Days = 30);
        var naive = new NaiveStore(host.Memory);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(host.Clock);
        services.AddTwoFactor(o =>
        {
            o.Issuer = TestHost.Issuer;
            o.TrustedDevices.Days = 30;
        }).UseStore(_ => naive).UseSecretKeys("k1", TestHost.Keys("k1"));
        await using var provider = services.BuildServiceProvider();
        Assert.That(await PresentAsync(provider.GetRequiredService<SignInService>(), host), Is.GreaterThan(1));
    }

    private static async Task<int> PresentAsync(SignInService signIn, TestHost host)
    {
        var ada = await host.EnrollAsync();
        var token = (await new Browser(host.SignIn, ada, () => host.Now).TrustAsync()).Token;
        using var start = new Barrier(Parallel);
        // A thread each, so that all have read before the first has written.
        var calls = Enumerable.Range(0, Parallel).Select(_ => Task.Factory.StartNew(
            async () =>
            {
                start.SignalAndWait();
                return await signIn.BeginAsync(new SignInRequest(ada.Id) { TrustedDevice = token });
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap());
        var results = await Task.WhenAll(calls);
        Assert.That(results, Is.All.InstanceOf<BeginSignInResult.Trusted>().Or.InstanceOf<BeginSignInResult.ChallengeRequired>().Or.InstanceOf<BeginSignInResult.Contended>());
        return results.OfType<BeginSignInResult.Trusted>().Count();
    }

    /// <summary>Lets all load before the first saves, and then saves whatever comes.</summary>
    private sealed class NaiveStore(InMemoryAccountStore inner) : IAccountStore
    {
        private readonly Barrier _loaded = new(Parallel);

        public ValueTask<StoredAccount> LoadAsync(UserId userId, CancellationToken cancellationToken)
        {
            var stored = inner.LoadAsync(userId, cancellationToken);
            _loaded.SignalAndWait(cancellationToken);
            return stored;
        }

        public ValueTask<bool> TrySaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken) =>
            ValueTask.FromResult(true);
    }
}
