using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Auditing;
using TwoFactor.Enforcement;
using TwoFactor.Enrollment;
using TwoFactor.Organizations;
using TwoFactor.SignIn;
using TwoFactor.Status;
using TwoFactor.Storage;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Support.Organizations;

/// <summary>
/// An application with organisations: real services over a store, a directory of members, roles, and a clock that stands still.
/// The administrator <see cref="Root"/> of <see cref="Acme"/> has an authenticator from the start.
/// </summary>
internal sealed class OrganizationHost : IDisposable
{
    public static readonly OrganizationId Acme = new("acme");
    public static readonly OrganizationId Globex = new("globex");
    public static readonly UserId Root = new("root");

    private readonly ServiceProvider _provider;
    private readonly ScenarioStore _store;

    private OrganizationHost(ServiceProvider provider, ScenarioStore store, ManualTimeProvider clock, MembershipDirectory directory, AssignedRoles roles)
    {
        (_provider, _store, Clock, Directory, Roles) = (provider, store, clock, directory, roles);
        SignIn = provider.GetRequiredService<SignInService>();
        Enrollment = provider.GetRequiredService<EnrollmentService>();
        Status = provider.GetRequiredService<AccountStatusService>();
        Administration = provider.GetRequiredService<AdministrationService>();
        Policies = provider.GetRequiredService<PolicyAdministrationService>();
        Users = provider.GetRequiredService<UserListService>();
        Audit = provider.GetRequiredService<AuditService>();
    }

    public IServiceProvider Services => _provider;

    public ManualTimeProvider Clock { get; }

    public DateTimeOffset Now => Clock.Now;

    /// <summary>The administrator with phone and proof; null when he has not set up.</summary>
    public Person? RootPerson { get; private set; }

    public MembershipDirectory Directory { get; }

    public AssignedRoles Roles { get; }

    public SignInService SignIn { get; }

    public EnrollmentService Enrollment { get; }

    public AccountStatusService Status { get; }

    public AdministrationService Administration { get; }

    public PolicyAdministrationService Policies { get; }

    public UserListService Users { get; }

    public AuditService Audit { get; }

    public static async Task<OrganizationHost> StartAsync(ScenarioStore? store = null, Action<TwoFactorOptions>? configure = null, bool rootEnrolls = true)
    {
        store ??= new InMemoryScenarioStore();
        var clock = new ManualTimeProvider();
        var roles = new AssignedRoles();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<IAdministratorRoles>(roles);
        var builder = services.AddTwoFactor(options =>
        {
            options.Issuer = "Acme";
            options.BackupCodes.MemoryKiB = 7168;
            options.BackupCodes.Iterations = 1;
            configure?.Invoke(options);
        });
        store.Use(builder);
        builder.UseSecretKeys("k1", TestHost.Keys("k1")).UseAuthorizer<RoleBasedAuthorizer>();
        store.UseDirectory(builder);
        var provider = services.BuildServiceProvider();
        await store.PrepareAsync(provider);
        var directory = new MembershipDirectory(store.DirectoryOf(provider), provider.GetRequiredService<IMembershipSource>(), clock);
        var host = new OrganizationHost(provider, store, clock, directory, roles);
        directory.Join(Root, Acme);
        roles.Assign(Root, Acme, AdministratorRole.SystemAdministrator);
        if (rootEnrolls) host.RootPerson = await host.EnrollAsync(Root);
        return host;
    }

    /// <summary>A user of Acme.</summary>
    public UserId Member(string name, params ReadOnlySpan<string> groups) => Member(name, Acme, groups);

    /// <summary>A user of an organisation.</summary>
    public UserId Member(string name, OrganizationId organization, params ReadOnlySpan<string> groups)
    {
        var user = new UserId(name);
        Directory.Join(user, organization, groups: groups);
        return user;
    }

    /// <summary>The first factor has passed.</summary>
    public Task<BeginSignInResult> BeginAsync(
        UserId user, SignInMethod? method = null, ClientKind client = ClientKind.Browser, bool activation = false, UpstreamAssertion? upstream = null) =>
        SignIn.BeginAsync(new SignInRequest(user)
        {
            Method = method ?? SignInMethod.Password,
            Client = client,
            IsActivation = activation,
            Upstream = upstream,
        }).AsTask();

    /// <summary>The user scans the QR code and types the first code; the app moves on to its next one.</summary>
    public async Task<Person> EnrollAsync(UserId user, Proof? proof = null)
    {
        var offer = (await Enrollment.BeginAsync(user, $"{user}@example.org", proof)).As<BeginEnrollmentResult.Started>().Offer;
        var app = Phone.Scan(offer.Uri);
        var confirmed = (await Enrollment.ConfirmAsync(user, offer.EnrollmentId, app.CodeAt(Now))).As<ConfirmEnrollmentResult.Confirmed>();
        return new Person(user, app, offer.EnrollmentId, confirmed.BackupCodes, confirmed.Proof);
    }

    /// <summary>Time passes until the app shows another code.</summary>
    public void NextCode() => Clock.Advance(TimeSpan.FromSeconds(30));

    /// <summary>Days pass.</summary>
    public void Days(double days) => Clock.Advance(TimeSpan.FromDays(days));

    /// <summary>A whole sign-in by password with the code that the app shows next.</summary>
    public async Task<VerifySignInResult> SignInAsync(Person person)
    {
        NextCode();
        var challenge = (await BeginAsync(person.Id)).As<BeginSignInResult.ChallengeRequired>().Challenge;
        return await SignIn.VerifyAsync(challenge, MfaFactorType.Totp, person.App.CodeAt(Now));
    }

    /// <summary>The policy that is saved, as the administrator reads it.</summary>
    public async Task<OrganizationPolicy> PolicyAsync(OrganizationId organization, UserId? actor = null) =>
        (await Policies.ReadAsync(actor ?? Root, organization)).As<ReadPolicyResult.Found>().Policy;

    /// <summary>The administrator opens the settings, changes something and presses Save.</summary>
    public async Task<SavePolicyResult> ChangeAsync(OrganizationId organization, Func<OrganizationPolicy, OrganizationPolicy> change, UserId? actor = null)
    {
        var current = await PolicyAsync(organization, actor);
        return await Policies.SaveAsync(actor ?? Root, change(current) with { Version = current.Version });
    }

    /// <summary>Changes the policy and insists on success.</summary>
    public async Task<OrganizationPolicy> MustChangeAsync(OrganizationId organization, Func<OrganizationPolicy, OrganizationPolicy> change, UserId? actor = null) =>
        (await ChangeAsync(organization, change, actor)).As<SavePolicyResult.Saved>().Policy;

    public async Task<Account> StoredAsync(UserId user) =>
        (await _provider.GetRequiredService<IAccountStore>().LoadAsync(user, CancellationToken.None)).Account ?? Account.NewFor(user);

    public async Task<Organization?> StoredAsync(OrganizationId organization) =>
        (await _provider.GetRequiredService<IOrganizationStore>().LoadAsync(organization, CancellationToken.None)).Organization;

    public Task<ImmutableArray<AuditEvent>> EventsOfAsync(UserId user) => ReadAsync(AuditChainId.Of(user));

    public Task<ImmutableArray<AuditEvent>> EventsOfAsync(OrganizationId organization) => ReadAsync(AuditChainId.Of(organization));

    public async Task<AuditEvent> LastEventOfAsync(UserId user) => (await EventsOfAsync(user))[^1];

    /// <summary>Fails unless the whole chain of a user is in order.</summary>
    public async Task AssertChainAsync(UserId user) =>
        Assert.That(AuditChain.FindBreak(await EventsOfAsync(user), (await StoredAsync(user)).AuditHead), Is.Null, $"the chain of {user}");

    /// <summary>Fails unless the whole chain of an organisation is in order.</summary>
    public async Task AssertChainAsync(OrganizationId organization) =>
        Assert.That(AuditChain.FindBreak(await EventsOfAsync(organization), (await StoredAsync(organization))?.AuditHead), Is.Null, $"the chain of {organization}");

    private async Task<ImmutableArray<AuditEvent>> ReadAsync(AuditChainId chain)
    {
        var events = ImmutableArray.CreateBuilder<AuditEvent>();
        await foreach (var e in _provider.GetRequiredService<IAuditReader>().ReadChainAsync(chain, CancellationToken.None)) events.Add(e);
        return events.ToImmutable();
    }

    public void Dispose()
    {
        _provider.Dispose();
        _store.Dispose();
    }
}
