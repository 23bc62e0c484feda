using System.Collections.Immutable;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Auditing;
using TwoFactor.SignIn;
using TwoFactor.Storage;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Verification;

namespace TwoFactor.Tests.Storage;

/// <summary>What a store recalls may be outdated: it spares a reading and decides nothing by itself.</summary>
internal sealed class RecentAccountsTests
{
    private TestHost _host = null!;
    private RecallingStore _store = null!;
    private Person _ada = null!;

    [SetUp]
    public async Task SetUpAsync()
    {
        var memory = new InMemoryAccountStore();
        _store = new RecallingStore(memory);
        _host = TestHost.Start(build: builder => builder.UseStore(_ => _store), memory: memory);
        _ada = await _host.EnrollAsync();
    }

    [TearDown]
    public void TearDown() => _host.Dispose();

    [Test]
    public async Task A_code_is_verified_on_what_the_first_half_has_saved_without_reading_it_again()
    {
        var challenge = await _host.PassPasswordAsync(_ada);
        var loads = _store.Loads;

        Assert.That(await _host.EnterAsync(challenge, _ada.App.CodeAt(_host.Now)), Is.InstanceOf<VerifySignInResult.SignedIn>());
        Assert.That(_store.Loads, Is.EqualTo(loads));
    }

    [Test]
    public async Task The_first_half_of_a_sign_in_always_reads()
    {
        await _host.MustSignInAsync(_ada);
        var loads = _store.Loads;

        _ = await _host.PassPasswordAsync(_ada);

        Assert.That(_store.Loads, Is.EqualTo(loads + 1));
    }

    [Test, Feature("X1"), Attack(1), Attack(2)]
    public async Task A_code_that_another_node_has_accepted_is_refused_though_the_account_of_before_is_recalled()
    {
        var (here, there) = (await _host.PassPasswordAsync(_ada), await _host.PassPasswordAsync(_ada));
        var recalled = _store.Recalled;
        var code = _ada.App.CodeAt(_host.Now);
        Assert.That(await _host.EnterAsync(there, code), Is.InstanceOf<VerifySignInResult.SignedIn>());

        _store.Recalled = recalled;
        var answer = await _host.EnterAsync(here, code);

        Assert.That(answer.Refusal(), Is.InstanceOf<CodeRefusal.Replayed>());
    }

    [Test, Feature("X1")]
    public async Task A_challenge_that_another_node_has_issued_is_found()
    {
        _ = await _host.PassPasswordAsync(_ada);
        var recalled = _store.Recalled;
        var there = await _host.PassPasswordAsync(_ada);

        _store.Recalled = recalled;

        Assert.That(await _host.EnterAsync(there, _ada.App.CodeAt(_host.Now)), Is.InstanceOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    public async Task A_lock_that_an_administrator_has_ended_elsewhere_refuses_nobody()
    {
        await _host.GuessUntilLockedAsync(_ada);
        var locked = _store.Recalled;
        Assert.That(await _host.Administration.UnlockAsync(Administrators.Root, _ada.Id), Is.TypeOf<AdministrationResult.Done>());
        var challenge = await _host.PassPasswordAsync(_ada);

        _store.Recalled = locked;

        Assert.That(await _host.EnterAsync(challenge, _ada.App.CodeAt(_host.Now)), Is.InstanceOf<VerifySignInResult.SignedIn>());
    }

    [Test, Attack(10)]
    public async Task A_wrong_code_is_counted_once_however_old_the_account_is_that_is_recalled()
    {
        var challenge = await _host.PassPasswordAsync(_ada);
        var recalled = _store.Recalled;
        _ = await _host.EnterAsync(challenge, _ada.App.WrongCodeAt(_host.Now));
        _store.Recalled = recalled;
        _ = await _host.EnterAsync(challenge, _ada.App.WrongCodeAt(_host.Now));

        Assert.That(_host.AuditNamesOf(_ada.Id).Count(name => name == AuditNames.CodeRejected), Is.EqualTo(2));
        Assert.That(AuditChain.FindBreak(_host.Memory.EventsOf(_ada.Id), (await _host.StoredAsync(_ada.Id)).AuditHead), Is.Null);
    }

    [Test]
    public async Task An_account_that_moves_between_regions_is_read_and_not_recalled()
    {
        var challenge = await _host.PassPasswordAsync(_ada);
        var (account, version) = _store.Recalled;
        _store.Recalled = new StoredAccount(account! with { Relocation = new Relocation(RelocationState.Left, Guid.Empty, new RegionId("eu")) }, version);

        Assert.That(await _host.EnterAsync(challenge, _ada.App.CodeAt(_host.Now)), Is.InstanceOf<VerifySignInResult.SignedIn>());
    }

    private sealed class RecallingStore(InMemoryAccountStore inner) : IAccountStore, IRecentAccounts
    {
        public StoredAccount Recalled { get; set; }

        public int Loads { get; private set; }

        public ValueTask<StoredAccount> LoadAsync(UserId userId, CancellationToken cancellationToken)
        {
            Loads++;
            return inner.LoadAsync(userId, cancellationToken);
        }

        public async ValueTask<bool> TrySaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken)
        {
            if (!await inner.TrySaveAsync(account, expectedVersion, events, cancellationToken)) return false;
            Recalled = await inner.LoadAsync(account.UserId, cancellationToken);
            return true;
        }

        public ValueTask<StoredAccount> RecallAsync(UserId userId, CancellationToken cancellationToken) => ValueTask.FromResult(Recalled);
    }
}
