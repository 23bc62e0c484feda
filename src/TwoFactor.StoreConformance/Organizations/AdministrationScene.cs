using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Auditing;
using TwoFactor.Enforcement;
using TwoFactor.Enrollment;
using TwoFactor.Organizations;
using TwoFactor.Otp;
using TwoFactor.SignIn;
using TwoFactor.Status;
using TwoFactor.StoreConformance.Storage;

namespace TwoFactor.StoreConformance.Organizations;

/// <summary>The administrative services over a harness, one administrator, and a clock that stands still.</summary>
internal sealed class AdministrationScene : IAsyncDisposable
{
    private readonly OrganizationHarness _harness;
    private readonly ServiceProvider _provider;

    /// <param name="harness">The stores.</param>
    /// <param name="reader">What reads the events instead of the harness; null for the harness.</param>
    public AdministrationScene(OrganizationHarness harness, IAuditReader? reader = null)
    {
        _harness = harness;
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(reader ?? harness.Audit);
        services.AddTwoFactor(options =>
            {
                options.Issuer = "Example";
                options.BackupCodes.MemoryKiB = 7168;
                options.BackupCodes.Iterations = 1;
            })
            .UseSecretKeys("k1", [new("k1", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))])
            .UseStore(_ => harness.Accounts)
            .UseOrganizationStore(_ => harness.Organizations)
            .UseMemberships(_ => harness.Memberships)
            .UseUserLists(_ => harness.Users)
            .UseAuthorizer<OnlyTheAdministrator>();
        _provider = services.BuildServiceProvider(validateScopes: true);
    }

    public static UserId Administrator { get; } = new("admin");

    public StandingClock Clock { get; } = new();

    public UserListService Users => _provider.GetRequiredService<UserListService>();

    public AuditService Audit => _provider.GetRequiredService<AuditService>();

    public AdministrationService Administration => _provider.GetRequiredService<AdministrationService>();

    public SignInService SignIn => _provider.GetRequiredService<SignInService>();

    /// <summary>Sets up an authenticator as a user does, and returns the backup codes.</summary>
    public async Task<ImmutableArray<string>> EnrollAsync(UserId user)
    {
        var enrollment = _provider.GetRequiredService<EnrollmentService>();
        var offer = ((BeginEnrollmentResult.Started)await enrollment.BeginAsync(user, $"{user}@example.com")).Offer;
        if (!OtpSecret.TryParseBase32(offer.ManualKey, out var seed, out var error)) throw new InvalidOperationException($"The offer's key is {error}.");
        using var secret = seed!;
        var code = Totp.Generate(secret.Bytes.ToArray(), Totp.StepAt(Clock.Now, TotpParameters.Default), TotpParameters.Default);
        return ((ConfirmEnrollmentResult.Confirmed)await enrollment.ConfirmAsync(user, offer.EnrollmentId, code)).BackupCodes;
    }

    public async Task SetPolicyAsync(OrganizationPolicy policy)
    {
        var (stored, version) = await _harness.Organizations.LoadAsync(policy.OrganizationId, default);
        var next = (stored ?? new Organization { Id = policy.OrganizationId }) with { Policy = policy };
        if (!await _harness.Organizations.TrySaveAsync(next, version, [], default)) throw new InvalidOperationException("Nobody else writes here.");
    }

    /// <summary>A member with a name and an account.</summary>
    public async Task<UserId> AddAsync(OrganizationId organization, string name, Func<Account, Account>? change = null, string? identityProvider = null)
    {
        var user = new UserId(name.ToLowerInvariant());
        await _harness.PutAsync(new DirectoryUser(user, name, $"{user}@example.com"));
        await _harness.JoinAsync(organization, user, Clock.Now, identityProvider: identityProvider);
        if (change is not null) await _harness.Accounts.SavedAsync(change(Account.NewFor(user)), 0);
        return user;
    }

    /// <summary>All users that a query lists, page by page.</summary>
    public async Task<List<UserListItem>> ListAsync(OrganizationId organization, UserListQuery query)
    {
        var items = new List<UserListItem>();
        while (true)
        {
            var page = (UserListResult.Page)await Users.QueryAsync(Administrator, organization, query);
            items.AddRange(page.Users);
            if (page.Next is null) return items;
            query = query with { After = UserListCursor.TryParse(page.Next.ToString()) };
        }
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    private sealed class OnlyTheAdministrator : ITwoFactorAuthorizer
    {
        public ValueTask<bool> IsAllowedAsync(AdministrativeRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(request.Actor == Administrator);
    }
}
