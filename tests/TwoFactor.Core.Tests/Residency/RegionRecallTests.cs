using System.Collections.Immutable;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Residency;
using TwoFactor.Storage;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Residency;

/// <summary>What the stores of the regions remember, as the services see it.</summary>
[Feature("C10")]
public sealed class RegionRecallTests
{
    private static readonly UserId Ada = new("ada");
    private static readonly RegionId Eu = new("eu"), Us = new("us");

    private OneBook _book = null!;
    private RegionalAccountStore _store = null!;

    [SetUp]
    public void SetUp()
    {
        _book = new OneBook();
        _store = new RegionalAccountStore(new RegionSet([new Region(Eu, new Remembering()), new Region(Us, new Remembering())], _book));
    }

    [Test]
    public async Task What_the_home_has_saved_is_recalled_as_it_would_be_loaded()
    {
        _book.Home = Us;
        Assert.That(await _store.TrySaveAsync(Account.NewFor(Ada), 0, [], default), Is.True);

        var recalled = await _store.RecallAsync(Ada, default);

        Assert.That((recalled.Account!.Region, recalled.Version), Is.EqualTo(((RegionId?)Us, 1L)));
    }

    [Test]
    public async Task Who_has_another_home_by_now_is_not_recalled()
    {
        _book.Home = Eu;
        await _store.TrySaveAsync(Account.NewFor(Ada), 0, [], default);
        _book.Home = Us;

        Assert.That((await _store.RecallAsync(Ada, default)).Account, Is.Null);
    }

    [Test]
    public async Task The_directory_is_not_asked_of_whom_nothing_is_remembered()
    {
        Assert.That((await _store.RecallAsync(Ada, default)).Account, Is.Null);
        Assert.That(_book.Asked, Is.Zero);
    }

    private sealed class OneBook : IRegionResolver
    {
        public RegionId? Home { get; set; }

        public int Asked { get; private set; }

        public ValueTask<RegionId?> FindRegionAsync(UserId userId, CancellationToken cancellationToken)
        {
            Asked++;
            return ValueTask.FromResult(Home);
        }

        public ValueTask<RegionId?> FindRegionAsync(OrganizationId organizationId, CancellationToken cancellationToken) => ValueTask.FromResult(Home);
    }

    private sealed class Remembering : IAccountStore, IRecentAccounts
    {
        private readonly InMemoryAccountStore _inner = new();
        private StoredAccount _saved;

        public ValueTask<StoredAccount> LoadAsync(UserId userId, CancellationToken cancellationToken) => _inner.LoadAsync(userId, cancellationToken);

        public async ValueTask<bool> TrySaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken)
        {
            if (!await _inner.TrySaveAsync(account, expectedVersion, events, cancellationToken)) return false;
            _saved = await _inner.LoadAsync(account.UserId, cancellationToken);
            return true;
        }

        public ValueTask<StoredAccount> RecallAsync(UserId userId, CancellationToken cancellationToken) => ValueTask.FromResult(_saved);
    }
}
