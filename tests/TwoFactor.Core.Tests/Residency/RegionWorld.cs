using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Auditing;
using TwoFactor.Enforcement;
using TwoFactor.Enrollment;
using TwoFactor.Organizations;
using TwoFactor.Residency;
using TwoFactor.SignIn;
using TwoFactor.Status;
using TwoFactor.Storage;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;

namespace TwoFactor.Tests.Residency;

/// <summary>Two regions with their stores, the host's directory, and as many nodes over them as a test wants.</summary>
internal sealed class RegionWorld : IDisposable
{
    public static readonly RegionId Eu = new("eu");
    public static readonly RegionId Us = new("us");
    public static readonly UserId Root = Administrators.Root;

    private readonly List<RegionNode> _nodes = [];

    public RegionWorld()
    {
        Book = new RegionBook(Plan);
        Stores = new[] { Eu, Us }.ToImmutableDictionary(id => id, _ => new RegionStores(Plan));
        Book.Put(Root, Eu);
        Node = Start();
    }

    public ManualTimeProvider Clock { get; } = new();

    public CrashPlan Plan { get; } = new();

    public RegionBook Book { get; }

    public ImmutableDictionary<RegionId, RegionStores> Stores { get; }

    /// <summary>A node that asks the directory.</summary>
    public RegionNode Node { get; }

    /// <summary>Another node, by default one that asks the directory, too.</summary>
    public RegionNode Start(IRegionResolver? resolver = null)
    {
        var node = new RegionNode(this, resolver ?? Book);
        _nodes.Add(node);
        return node;
    }

    /// <summary>A node whose directory always names this region.</summary>
    public RegionNode StartStale(RegionId? region) => Start(new FixedResolver(region, Book));

    public async Task<StoredAccount> RowAsync(RegionId region, UserId user) => await Stores[region].Memory.LoadAsync(user, CancellationToken.None);

    public async Task<Account> AccountAsync(RegionId region, UserId user) =>
        (await RowAsync(region, user)).Account ?? throw new AssertionException($"Nothing of {user} in {region}.");

    /// <summary>Fails unless the account is in this region, whole, with its chain, and of it nothing but a marker in the other.</summary>
    public async Task AssertOnlyInAsync(RegionId region, UserId user)
    {
        var account = await AccountAsync(region, user);
        Assert.That((account.Region, account.Relocation), Is.EqualTo(((RegionId?)region, (Relocation?)null)));
        Assert.That(AuditChain.FindBreak(Stores[region].Log.EventsOf(AuditChainId.Of(user)), account.AuditHead), Is.Null, "the chain");
        var other = region == Eu ? Us : Eu;
        Assert.That(Stores[other].Log.EventsOf(AuditChainId.Of(user)), Is.Empty, "events left behind");
        if ((await RowAsync(other, user)).Account is not { } left) return;
        Assert.That(left.Relocation?.State, Is.EqualTo(RelocationState.Left));
        Assert.That(left with { Relocation = null, Region = null }, Is.EqualTo(Account.NewFor(user)), "a marker has nothing of the account");
    }

    public void Dispose()
    {
        foreach (var node in _nodes) node.Dispose();
    }
}

/// <summary>What one region keeps its data in.</summary>
internal sealed class RegionStores
{
    public RegionStores(CrashPlan plan)
    {
        Log = new InMemoryAuditLog(Directory.Belongs);
        Memory = new InMemoryAccountStore(Log);
        Organizations = new InMemoryOrganizationStore(Log);
        Accounts = new CrashingStore(Memory, Log, plan);
    }

    public InMemoryDirectory Directory { get; } = new();

    public InMemoryAuditLog Log { get; }

    public InMemoryAccountStore Memory { get; }

    public InMemoryOrganizationStore Organizations { get; }

    public CrashingStore Accounts { get; }
}

/// <summary>One process of the application.</summary>
internal sealed class RegionNode : IDisposable
{
    private readonly RegionWorld _world;
    private readonly ServiceProvider _provider;

    public RegionNode(RegionWorld world, IRegionResolver resolver)
    {
        _world = world;
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(world.Clock);
        services.AddTwoFactor(options =>
        {
            options.Issuer = TestHost.Issuer;
            options.BackupCodes.MemoryKiB = 7168;
            options.BackupCodes.Iterations = 1;
            options.Administration.RequireOwnSecondFactor = false;
        })
        .UseSecretKeys("k1", TestHost.Keys("k1"))
        .UseAuthorizer<Administrators>()
        .UseRegions(regions =>
        {
            foreach (var (id, stores) in world.Stores)
            {
                regions.Add(id.Value, region => region
                    .UseStore(_ => stores.Accounts)
                    .UseOrganizationStore(_ => stores.Organizations)
                    .UseAuditReader(_ => stores.Accounts)
                    .UseAuditFeed(_ => stores.Log)
                    .UseMemberships(_ => stores.Directory)
                    .UseUserLists(_ => new InMemoryUserList(stores.Directory, stores.Memory)));
            }

            regions.UseResolver(_ => resolver);
        });
        _provider = services.BuildServiceProvider();
    }

    public IServiceProvider Services => _provider;

    public SignInService SignIn => _provider.GetRequiredService<SignInService>();

    public EnrollmentService Enrollment => _provider.GetRequiredService<EnrollmentService>();

    public AdministrationService Administration => _provider.GetRequiredService<AdministrationService>();

    public AccountStatusService Status => _provider.GetRequiredService<AccountStatusService>();

    public RegionMoveService Moves => _provider.GetRequiredService<RegionMoveService>();

    public UserListService Users => _provider.GetRequiredService<UserListService>();

    public AuditService Audit => _provider.GetRequiredService<AuditService>();

    public PolicyAdministrationService Policies => _provider.GetRequiredService<PolicyAdministrationService>();

    public async Task<Person> EnrollAsync(UserId user)
    {
        var offer = (await Enrollment.BeginAsync(user, $"{user}@example.org")).As<BeginEnrollmentResult.Started>().Offer;
        var app = Phone.Scan(offer.Uri);
        var confirmed = (await Enrollment.ConfirmAsync(user, offer.EnrollmentId, app.CodeAt(_world.Clock.Now))).As<ConfirmEnrollmentResult.Confirmed>();
        _world.Clock.Advance(TimeSpan.FromSeconds(30));
        return new Person(user, app, offer.EnrollmentId, confirmed.BackupCodes, confirmed.Proof);
    }

    public Task<BeginSignInResult> BeginAsync(UserId user) => SignIn.BeginAsync(new SignInRequest(user)).AsTask();

    /// <summary>A whole sign-in with the code that the app shows now: true when it was accepted.</summary>
    public async Task<bool> TrySignInAsync(Person person) => await BeginAsync(person.Id) switch
    {
        BeginSignInResult.ChallengeRequired begun =>
            await SignIn.VerifyAsync(begun.Challenge, MfaFactorType.Totp, person.App.CodeAt(_world.Clock.Now)) is VerifySignInResult.SignedIn,
        BeginSignInResult.Allowed => throw new AssertionException("Signed in without the second factor that the user has."),
        _ => false,
    };

    public Task<RegionMoveResult> MoveAsync(UserId user, RegionId to) => Moves.MoveAsync(RegionWorld.Root, user, to, "moved house").AsTask();

    public Task<RegionMoveResult> CancelAsync(UserId user) => Moves.CancelAsync(RegionWorld.Root, user, "stays").AsTask();

    public void Dispose() => _provider.Dispose();
}
