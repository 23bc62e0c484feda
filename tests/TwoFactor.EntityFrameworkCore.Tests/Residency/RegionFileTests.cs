using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Auditing;
using TwoFactor.Storage;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests.Residency;

/// <summary>Two real files, searched byte by byte for what may be in one of them only.</summary>
[TestFixture]
[Feature("C10")]
public sealed class RegionFileTests
{
    private static readonly RegionId Eu = RegionFiles.Eu;
    private static readonly RegionId Us = RegionFiles.Us;
    private static readonly UserId Ada = new("ada-id-canary-41c7");
    private static readonly UserId Bob = new("bob-id-canary-93e0");

    [Test]
    public async Task Every_byte_of_a_user_is_in_the_file_of_the_users_region_and_in_no_other()
    {
        await using var files = await RegionFiles.StartAsync();
        foreach (var (user, home, name) in new[] { (Ada, Eu, "Ada-Name-Canary"), (Bob, Us, "Bob-Name-Canary") })
        {
            var inhabitant = await files.SettleAsync(user, home, name);
            Assert.That(await files.TrySignInAsync(inhabitant), Is.True);
            files.Clock.Advance(TimeSpan.FromSeconds(30));
        }

        var (eu, us) = (await files.BytesAsync(Eu), await files.BytesAsync(Us));
        foreach (var (user, home, name) in new[] { (Ada, Eu, "Ada-Name-Canary"), (Bob, Us, "Bob-Name-Canary") })
        {
            var (here, there) = home == Eu ? (eu, us) : (us, eu);
            foreach (var (what, bytes) in await TracesAsync(files, user, home, name))
            {
                Assert.That(Contains(here, bytes), Is.True, $"{what} of {name} is not even at home");
                Assert.That(Contains(there, bytes), Is.False, $"{what} of {name} is in another region");
            }
        }
    }

    [Test]
    public async Task After_a_move_nothing_of_the_user_but_the_id_is_left_in_the_former_file()
    {
        await using var files = await RegionFiles.StartAsync();
        var ada = await files.SettleAsync(Ada, Eu, "Ada-Name-Canary");
        var bob = await files.SettleAsync(Bob, Eu, "Bob-Name-Canary");
        foreach (var inhabitant in new[] { ada, bob }) Assert.That(await files.TrySignInAsync(inhabitant), Is.True);
        var spent = ada.CodeAt(files.Clock.Now);
        var traces = await TracesAsync(files, Ada, Eu, "Ada-Name-Canary");

        Assert.That(await files.MoveAsync(Ada, Us), Is.EqualTo(new RegionMoveResult.Moved(Eu, Us)));

        var (eu, us) = (await files.BytesAsync(Eu, sweep: true), await files.BytesAsync(Us));
        foreach (var (what, bytes) in traces)
        {
            if (what != "row") Assert.That(Contains(us, bytes), Is.True, $"{what} did not arrive");
            Assert.That(Contains(eu, bytes), what == "id" ? Is.True : Is.False, $"{what} was left behind");
        }

        Assert.That(ada.CodeAt(files.Clock.Now), Is.EqualTo(spent));
        Assert.That(await files.TrySignInAsync(ada), Is.False, "the code of before the move is spent");
        files.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.That(await files.TrySignInAsync(ada), Is.True);
        Assert.That(await files.TrySignInAsync(bob), Is.True, "who stayed is not touched");
        Assert.That(await files.Audit.VerifyAsync(RegionFiles.Root, RegionFiles.Acme, Ada), Is.TypeOf<AuditResult.Checked>().With.Property("BrokenAt").Null.And.Property("Length").GreaterThan(5));
        var page = (UserListResult.Page)await files.Users.QueryAsync(RegionFiles.Root, RegionFiles.Acme, new UserListQuery());
        Assert.That(page.Users.Select(item => (item.User.Name, item.Account.IsEnrolled)), Is.EqualTo(new[] { ("Ada-Name-Canary", true), ("Bob-Name-Canary", true) }));
    }

    [Test]
    public async Task Killed_before_or_after_any_call_to_a_file_and_continued_the_move_ends_whole([Values] bool after)
    {
        // One world: there and back again, each time dying at the next call.
        var calls = new DyingCalls();
        await using var files = await RegionFiles.StartAsync((store, _) => new DyingStore((EntityFrameworkAccountStore)store, calls));
        var ada = await files.SettleAsync(Ada, Eu, "Ada-Name-Canary");
        var crashes = 0;
        for (var call = 0; ; call++)
        {
            var (from, to) = call % 2 == 0 ? (Eu, Us) : (Us, Eu);
            calls.DieAt(call, after);
            var died = false;
            try
            {
                await files.MoveAsync(Ada, to);
            }
            catch (InvalidOperationException e) when (e.Message == DyingCalls.Message)
            {
                died = true;
                crashes++;
            }

            calls.DieAt(-1, after);
            files.Clock.Advance(TimeSpan.FromSeconds(30));
            var early = await files.TrySignInAsync(ada);
            Assert.That(await files.MoveAsync(Ada, to), Is.AnyOf(new RegionMoveResult.Moved(from, to), new RegionMoveResult.AlreadyThere(to)), $"call {call}");
            Assert.That(await files.TrySignInAsync(ada), Is.EqualTo(!early), $"one code, one sign-in, call {call}");
            var account = (await files.Store(to).LoadAsync(Ada, CancellationToken.None)).Account!;
            Assert.That((account.Region, account.Relocation), Is.EqualTo(((RegionId?)to, (Relocation?)null)));
            Assert.That(AuditChain.FindBreak(await files.Store(to).EventsOfAsync(Ada), account.AuditHead), Is.Null);
            Assert.That(await files.Store(from).EventsOfAsync(Ada), Is.Empty);
            Assert.That((await files.Store(from).LoadAsync(Ada, CancellationToken.None)).Account!.Relocation?.State, Is.EqualTo(RelocationState.Left));
            if (!died) break;
        }

        Assert.That(crashes, Is.GreaterThan(15));
    }

    [Test]
    public void Two_regions_on_one_file_are_an_error_at_start_however_the_file_is_written()
    {
        var services = new ServiceCollection();
        var path = Path.Combine(Directory.GetCurrentDirectory(), "one.db");
        services.AddTwoFactor(options => options.Issuer = "Example").UseSecretKeys("k1", [new("k1", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))]).UseRegions(regions => regions
            .Add("eu", region => region.AddEntityFrameworkStore(options => options.UseSqlite("Data Source=one.db")))
            .Add("us", region => region.AddEntityFrameworkStore(options => options.UseSqlite($"Filename={path};Default Timeout=5")))
            .UseResolver(_ => new HostDirectory(null!)));
        using var provider = services.BuildServiceProvider();
        Assert.That(() => provider.GetRequiredService<IOptions<TwoFactorOptions>>().Value, Throws.TypeOf<OptionsValidationException>().With.Message.Contains("eu, us"));
        Assert.That(File.Exists(path), Is.False, "no database was touched");
    }

    [Test]
    public void A_region_that_could_not_have_a_database_is_an_error_at_start()
    {
        var services = new ServiceCollection();
        services.AddTwoFactor(options => options.Issuer = "Example").UseSecretKeys("k1", [new("k1", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))]).UseRegions(regions => regions
            .Add("eu", region => region.AddEntityFrameworkStore(options => options.UseSqlite("Data Source=:memory:")))
            .UseResolver(_ => new HostDirectory(null!)));
        using var provider = services.BuildServiceProvider();
        Assert.That(() => provider.GetRequiredService<IOptions<TwoFactorOptions>>().Value, Throws.InvalidOperationException.With.Message.Contains("SQLite"));
    }

    /// <summary>All that is kept of a user, as the bytes that are in a file.</summary>
    private static async Task<List<(string What, byte[] Bytes)>> TracesAsync(RegionFiles files, UserId user, RegionId home, string name)
    {
        var account = (await files.Store(home).LoadAsync(user, CancellationToken.None)).Account!;
        var events = await files.Store(home).EventsOfAsync(user);
        List<(string, byte[])> traces =
        [
            ("id", Encoding.UTF8.GetBytes(user.Value)),
            ("name", Encoding.UTF8.GetBytes(name)),
            ("e-mail", Encoding.UTF8.GetBytes($"{name}@example.org")),
            ("account name", Encoding.UTF8.GetBytes($"{name}@phone")),
            ("enrolment", Encoding.UTF8.GetBytes(account.Active!.Id.ToString())),
            ("sealed seed", Encoding.UTF8.GetBytes(Convert.ToBase64String(account.Active.ProtectedSecret.AsSpan()))),
        ];
        traces.AddRange(account.BackupCodes!.Hashes.OfType<string>().Select(hash => ("backup code", Encoding.UTF8.GetBytes(hash))));
        traces.AddRange(events.Select(e => ("event's hash", e.Hash.ToArray())));
        return traces;
    }

    private static bool Contains(byte[] haystack, byte[] needle) => haystack.AsSpan().IndexOf(needle) >= 0;

    private sealed class DyingCalls
    {
        public const string Message = "The process is gone.";
        private int _left = -1;
        private bool _after;

        public void DieAt(int call, bool after) => (_left, _after) = (call, after);

        public async ValueTask<T> RunAsync<T>(Func<ValueTask<T>> call)
        {
            if (_left < 0) return await call();
            var mine = _left-- == 0;
            if (mine && !_after) throw new InvalidOperationException(Message);
            var answer = await call();
            return mine ? throw new InvalidOperationException(Message) : answer;
        }
    }

    private sealed class DyingStore(EntityFrameworkAccountStore inner, DyingCalls calls) : IAccountStore, IAccountRemoval
    {
        public ValueTask<StoredAccount> LoadAsync(UserId userId, CancellationToken cancellationToken) =>
            calls.RunAsync(() => inner.LoadAsync(userId, cancellationToken));

        public ValueTask<bool> TrySaveAsync(Account account, long expectedVersion, ImmutableArray<AuditEvent> events, CancellationToken cancellationToken) =>
            calls.RunAsync(() => inner.TrySaveAsync(account, expectedVersion, events, cancellationToken));

        public ValueTask<bool> TryRemoveAsync(Account marker, long expectedVersion, CancellationToken cancellationToken) =>
            calls.RunAsync(() => inner.TryRemoveAsync(marker, expectedVersion, cancellationToken));
    }
}
