using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;
using TwoFactor.Storage;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Tests.Support.Organizations;

namespace TwoFactor.Tests.Administration.Policies;

/// <summary>Users of several organisations with any state, past the library, and the services over them. <c>root</c> of Acme may do everything.</summary>
internal sealed class SimulatedCompany : IDisposable
{
    public static readonly OrganizationId Acme = new("acme");
    public static readonly UserId Root = new("root");
    private readonly ServiceProvider _provider;

    private SimulatedCompany(ServiceProvider provider, AssignedRoles roles) => (_provider, Roles) = (provider, roles);

    public AssignedRoles Roles { get; }

    public PolicySimulationService Simulation => _provider.GetRequiredService<PolicySimulationService>();

    public PolicyAdministrationService Policies => _provider.GetRequiredService<PolicyAdministrationService>();

    public static async Task<SimulatedCompany> StartAsync(
        DateTimeOffset now, IEnumerable<OrganizationPolicy> policies, IMembershipSource memberships, IAccountStore accounts, bool withRoles = true)
    {
        var organizations = new InMemoryOrganizationStore();
        foreach (var policy in policies)
            await organizations.TrySaveAsync(new Organization { Id = policy.OrganizationId, Policy = policy }, 0, [], CancellationToken.None);
        var (services, roles) = (new ServiceCollection(), new AssignedRoles());
        roles.Assign(Root, Acme, AdministratorRole.SystemAdministrator);
        services.AddSingleton<TimeProvider>(new ManualTimeProvider(now));
        if (withRoles) services.AddSingleton<IAdministratorRoles>(roles);
        services.AddTwoFactor(options => options.Issuer = "Acme")
            .UseStore(_ => accounts).UseOrganizationStore(_ => organizations).UseMemberships(_ => memberships)
            .UseSecretKeys("k1", TestHost.Keys("k1")).UseAuthorizer<Administrators>();
        return new SimulatedCompany(services.BuildServiceProvider(), roles);
    }

    public static async Task<InMemoryAccountStore> StoreAsync(IEnumerable<Account> accounts)
    {
        var store = new InMemoryAccountStore();
        foreach (var account in accounts) await store.TrySaveAsync(account, 0, [], CancellationToken.None);
        return store;
    }

    public void Dispose() => _provider.Dispose();
}

/// <summary>Memberships as they are given.</summary>
internal class GivenMembers(IEnumerable<Membership> memberships) : IMembershipSource
{
    protected ILookup<UserId, Membership> All { get; } = memberships.ToLookup(m => m.UserId);

    public ValueTask<ImmutableArray<Membership>> GetMembershipsAsync(UserId userId, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ImmutableArray<Membership>>([.. All[userId]]);

    public async IAsyncEnumerable<Membership> GetMembersAsync(OrganizationId organizationId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var membership in All.SelectMany(user => user).Where(m => m.OrganizationId == organizationId).OrderBy(m => m.UserId.Value, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return membership;
        }
    }
}

/// <summary>The same in pages, and short ones.</summary>
internal sealed class GivenPages(IEnumerable<Membership> memberships) : GivenMembers(memberships), IMemberPages
{
    public ValueTask<ImmutableArray<MemberRecord>> ReadMembersAsync(OrganizationId organizationId, UserId? after, int count, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ImmutableArray<MemberRecord>>([.. All
            .Where(user => user.Any(m => m.OrganizationId == organizationId) && (after is null || string.CompareOrdinal(user.Key.Value, after.Value.Value) > 0))
            .OrderBy(user => user.Key.Value, StringComparer.Ordinal).Take(Math.Min(count, 3)).Select(user => new MemberRecord(user.Key, [.. user]))]);
}
