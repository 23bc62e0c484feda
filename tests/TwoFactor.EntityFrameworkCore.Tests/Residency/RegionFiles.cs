using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Enrollment;
using TwoFactor.EntityFrameworkCore.Tables;
using TwoFactor.Organizations;
using TwoFactor.Otp;
using TwoFactor.Residency;
using TwoFactor.SignIn;
using TwoFactor.Storage;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests.Residency;

/// <summary>An application with two regions, each a SQLite file of its own, and a directory by region in the same files.</summary>
internal sealed class RegionFiles : IAsyncDisposable
{
    public static readonly RegionId Eu = new("eu");
    public static readonly RegionId Us = new("us");
    public static readonly UserId Root = new("root");
    public static readonly OrganizationId Acme = new("acme");

    private readonly ServiceProvider _provider;

    private RegionFiles(Func<IAccountStore, RegionId, IAccountStore>? wrap)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        Homes = new HostDirectory(this);
        services.AddTwoFactor(options =>
        {
            options.Issuer = "Example";
            options.BackupCodes.MemoryKiB = 7168;
            options.BackupCodes.Iterations = 1;
            options.Administration.RequireOwnSecondFactor = false;
        })
        .UseSecretKeys("k1", [new("k1", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))])
        .UseAuthorizer<RootAlone>()
        .UseRegions(regions => regions.Add("eu", Keep).Add("us", Keep).UseResolver(_ => Homes));
        _provider = services.BuildServiceProvider(validateScopes: true);

        void Keep(RegionBuilder region)
        {
            region.AddEntityFrameworkStore(options => options.UseSqlite(Files[region.Id].ConnectionString)).AddEntityFrameworkDirectory();
            if (wrap is not null) region.UseStore(provider => wrap(provider.GetRequiredKeyedService<EntityFrameworkAccountStore>(region.Id), region.Id));
        }
    }

    public ImmutableDictionary<RegionId, TemporaryDatabase> Files { get; } = new[] { Eu, Us }.ToImmutableDictionary(id => id, _ => new TemporaryDatabase());

    public ManualTimeProvider Clock { get; } = new();

    public HostDirectory Homes { get; }

    public SignInService SignIn => _provider.GetRequiredService<SignInService>();

    public RegionMoveService Moves => _provider.GetRequiredService<RegionMoveService>();

    public UserListService Users => _provider.GetRequiredService<UserListService>();

    public AuditService Audit => _provider.GetRequiredService<AuditService>();

    public EntityFrameworkAccountStore Store(RegionId region) => _provider.GetRequiredKeyedService<EntityFrameworkAccountStore>(region);

    public EntityFrameworkDirectory Directory(RegionId region) => _provider.GetRequiredKeyedService<EntityFrameworkDirectory>(region);

    public TwoFactorDbContext Context(RegionId region) => _provider.GetRequiredKeyedService<IDbContextFactory<TwoFactorDbContext>>(region).CreateDbContext();

    public static async Task<RegionFiles> StartAsync(Func<IAccountStore, RegionId, IAccountStore>? wrap = null)
    {
        var files = new RegionFiles(wrap);
        foreach (var region in files.Files.Keys)
        {
            await using var context = files.Context(region);
            await context.Database.EnsureTwoFactorSchemaAsync();
        }

        files.Homes.Put(Root, Eu);
        return files;
    }

    /// <summary>A user of Acme with a name and an authenticator.</summary>
    public async Task<Inhabitant> SettleAsync(UserId user, RegionId home, string name)
    {
        Homes.Put(user, home);
        await Directory(home).PutAsync(new DirectoryUser(user, name, $"{name}@example.org"));
        await Directory(home).JoinAsync(Acme, user, Clock.Now);
        var enrollment = _provider.GetRequiredService<EnrollmentService>();
        var offer = ((BeginEnrollmentResult.Started)await enrollment.BeginAsync(user, $"{name}@phone")).Offer;
        if (!OtpSecret.TryParseBase32(offer.ManualKey, out var seed, out _)) throw new InvalidOperationException("The offer has no key.");
        var inhabitant = new Inhabitant(user, seed!.Bytes.ToArray());
        if (await enrollment.ConfirmAsync(user, offer.EnrollmentId, inhabitant.CodeAt(Clock.Now)) is not ConfirmEnrollmentResult.Confirmed)
            throw new InvalidOperationException("Not confirmed.");
        Clock.Advance(TimeSpan.FromSeconds(30));
        return inhabitant;
    }

    /// <summary>A whole sign-in with the code that the app shows now: true when it was accepted.</summary>
    public async Task<bool> TrySignInAsync(Inhabitant inhabitant) => await SignIn.BeginAsync(new SignInRequest(inhabitant.User)) switch
    {
        BeginSignInResult.ChallengeRequired begun =>
            await SignIn.VerifyAsync(begun.Challenge, MfaFactorType.Totp, inhabitant.CodeAt(Clock.Now)) is VerifySignInResult.SignedIn,
        BeginSignInResult.RegionRefused => false,
        var other => throw new InvalidOperationException($"{other}"),
    };

    public ValueTask<RegionMoveResult> MoveAsync(UserId user, RegionId to) => Moves.MoveAsync(Root, user, to, "moved house");

    /// <summary>All bytes of a region: the file and whatever lies beside it, once what was deleted is swept out.</summary>
    public async Task<byte[]> BytesAsync(RegionId region, bool sweep = false)
    {
        SqliteConnection.ClearAllPools();
        if (sweep) Files[region].Execute("VACUUM");
        Files[region].Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        var bytes = new List<byte>();
        foreach (var path in System.IO.Directory.GetFiles(Path.GetDirectoryName(Files[region].Path)!)) bytes.AddRange(await File.ReadAllBytesAsync(path));
        return [.. bytes];
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        foreach (var file in Files.Values) file.Dispose();
    }

    private sealed class RootAlone : ITwoFactorAuthorizer
    {
        public ValueTask<bool> IsAllowedAsync(AdministrativeRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(request.Actor == Root);
    }
}

/// <summary>A user with a phone.</summary>
internal sealed record Inhabitant(UserId User, byte[] Seed)
{
    public string CodeAt(DateTimeOffset moment) => Totp.Generate(Seed, Totp.StepAt(moment, TotpParameters.Default), TotpParameters.Default);
}

/// <summary>The host's directory: who is at home where, in one place for all, and names and memberships by region.</summary>
internal sealed class HostDirectory(RegionFiles files) : IRegionDirectory
{
    private readonly Dictionary<UserId, RegionId> _homes = [];

    public ImmutableArray<RegionId> KnownRegions => [RegionFiles.Eu, RegionFiles.Us];

    public void Put(UserId user, RegionId home) => _homes[user] = home;

    public ValueTask<RegionId?> FindRegionAsync(UserId userId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_homes.TryGetValue(userId, out var home) ? (RegionId?)home : null);

    public ValueTask<RegionId?> FindRegionAsync(OrganizationId organizationId, CancellationToken cancellationToken) => ValueTask.FromResult((RegionId?)RegionFiles.Eu);

    public async ValueTask SetRegionAsync(UserId userId, RegionId region, CancellationToken cancellationToken)
    {
        var from = region == RegionFiles.Eu ? RegionFiles.Us : RegionFiles.Eu;
        await using var source = files.Context(from);
        var user = await source.Set<DirectoryUserRow>().SingleOrDefaultAsync(row => row.UserId == userId.Value, cancellationToken);
        if (user is not null)
        {
            await files.Directory(region).PutAsync(new DirectoryUser(userId, user.Name, user.Email), cancellationToken);
            foreach (var membership in await files.Directory(from).GetMembershipsAsync(userId, cancellationToken))
                await files.Directory(region).JoinAsync(membership.OrganizationId, userId, membership.SubjectSince, membership.Kind, membership.IdentityProvider, cancellationToken);
            await source.Set<MemberRow>().Where(row => row.UserId == userId.Value).ExecuteDeleteAsync(cancellationToken);
            await source.Set<DirectoryUserRow>().Where(row => row.UserId == userId.Value).ExecuteDeleteAsync(cancellationToken);
        }

        Put(userId, region);
    }
}
