using System.Collections.Immutable;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Residency;
using TwoFactor.Storage;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Residency;

/// <summary>Many accounts of several regions at once: the same answers and refusals as one by one, by one question to a region.</summary>
[TestFixture(true)]
[TestFixture(false)]
[Feature("C10")]
public sealed class RegionBatchTests(bool storesReadBatches)
{
    private static readonly RegionId Eu = RegionWorld.Eu;
    private static readonly RegionId Us = RegionWorld.Us;
    private readonly CrashPlan _plan = new();
    private RegionBook _book = null!;
    private ImmutableDictionary<RegionId, CountingStore> _stores = null!;
    private RegionalAccountStore _store = null!;

    [SetUp]
    public void Two_regions()
    {
        _book = new RegionBook(_plan);
        _stores = new[] { Eu, Us }.ToImmutableDictionary(id => id, _ => storesReadBatches ? new CountingBatchStore() : new CountingStore());
        _store = new RegionalAccountStore(new RegionSet([.. new[] { Eu, Us }.Select(id => new Region(id, _stores[id]))], _book));
    }

    [Test]
    public async Task The_accounts_of_all_regions_are_those_that_are_loaded_one_by_one()
    {
        UserId[] users = [.. Enumerable.Range(0, 30).Select(i => new UserId($"user-{i:D2}"))];
        for (var i = 0; i < users.Length; i++)
        {
            _book.Put(users[i], i % 3 == 0 ? Us : Eu);
            // Every fifth has never been there.
            if (i % 5 != 0) await SaveAsync(i % 3 == 0 ? Us : Eu, Account.NewFor(users[i]) with { Epoch = i, Region = i % 2 == 0 ? _book[users[i]] : null });
        }

        var expected = new List<(UserId, RegionId?, long)>();
        foreach (var user in users)
            if ((await _store.LoadAsync(user, default)).Account is { } account) expected.Add((account.UserId, account.Region, account.Epoch));
        foreach (var store in _stores.Values) store.Questions = 0;
        var many = await _store.LoadManyAsync([.. users], default);
        Assert.That(many.Select(account => (account.UserId, account.Region, account.Epoch)), Is.EquivalentTo(expected));
        Assert.That(expected, Has.Count.EqualTo(24));
        if (storesReadBatches) Assert.That(_stores.Values.Sum(store => store.Questions), Is.EqualTo(4), "each its own, and each once for those who are missing in the other");
        Assert.That(await _store.LoadManyAsync([], default), Is.Empty);
    }

    [Test]
    public async Task One_who_is_elsewhere_is_refused_as_alone([Values] Wrong wrong)
    {
        UserId right = new("right"), other = new("wrong");
        foreach (var user in new[] { right, other, new UserId("nobody"), new UserId("nowhere else") }) _book.Put(user, Eu);
        await SaveAsync(Eu, Account.NewFor(right));
        switch (wrong)
        {
            case Wrong.TheResolverNamesAnotherRegion:
                await SaveAsync(Us, Account.NewFor(other));
                break;
            case Wrong.TheRowIsOfAnotherRegion:
                await SaveAsync(Eu, Account.NewFor(other) with { Region = Us });
                break;
            case Wrong.AMoveHasLeftAMarker:
                await SaveAsync(Eu, Account.NewFor(other) with { Relocation = new Relocation(RelocationState.Left, new Guid(1, 2, 3, new byte[8]), Us) });
                break;
            case Wrong.AMarkerIsElsewhere:
                await SaveAsync(Us, Account.NewFor(other) with { Relocation = new Relocation(RelocationState.Left, new Guid(1, 2, 3, new byte[8]), Eu) });
                break;
            default:
                _book.Put(other, (RegionId?)null);
                break;
        }

        var alone = await Assert.ThrowsAsync<RegionRefusedException>(async () => await _store.LoadAsync(other, default));
        var together = await Assert.ThrowsAsync<RegionRefusedException>(async () => await _store.LoadManyAsync([right, other, new("nobody"), new("nowhere else")], default));
        Assert.That((together!.Reason, together.Message), Is.EqualTo((alone!.Reason, alone.Message)));
        Assert.That(await _store.LoadManyAsync([right], default), Has.Length.EqualTo(1));
    }

    private async Task SaveAsync(RegionId region, Account account) => Assert.That(await _stores[region].TrySaveAsync(account, 0, [], default), Is.True);

    public enum Wrong
    {
        TheResolverNamesAnotherRegion,
        TheRowIsOfAnotherRegion,
        AMoveHasLeftAMarker,
        AMarkerIsElsewhere,
        TheUserIsAtHomeNowhere,
    }

    private class CountingStore : IAccountStore
    {
        public int Questions { get; set; }

        protected InMemoryAccountStore Inner { get; } = new();

        public ValueTask<StoredAccount> LoadAsync(UserId userId, CancellationToken cancellationToken)
        {
            Questions++;
            return Inner.LoadAsync(userId, cancellationToken);
        }

        public ValueTask<bool> TrySaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken) =>
            Inner.TrySaveAsync(account, expectedVersion, events, cancellationToken);
    }

    private sealed class CountingBatchStore : CountingStore, IAccountBatchReader
    {
        public ValueTask<ImmutableArray<Account>> LoadManyAsync(ImmutableArray<UserId> users, CancellationToken cancellationToken)
        {
            Questions++;
            return Inner.LoadManyAsync(users, cancellationToken);
        }
    }
}
