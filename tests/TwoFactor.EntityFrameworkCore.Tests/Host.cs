using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using TwoFactor.Accounts;
using TwoFactor.Enrollment;
using TwoFactor.Otp;
using TwoFactor.SignIn;
using TwoFactor.Storage;
using TwoFactor.Testing;

namespace TwoFactor.EntityFrameworkCore.Tests;

/// <summary>An application with a context of its own on a database, and one enrolled user.</summary>
internal sealed class Host : IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private byte[] _seed = [];

    private Host(TestDatabase database, Func<IAccountStore>? createStore)
    {
        Database = database;
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddDbContext<HostContext>(database.Use);
        var builder = services.AddTwoFactor(options =>
        {
            options.Issuer = "Example";
            options.BackupCodes.MemoryKiB = 7168;
            options.BackupCodes.Iterations = 1;
        });
        builder.UseSecretKeys("k1", [new("k1", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))]).AddEntityFrameworkStore<HostContext>();
        if (createStore is not null) builder.UseStore(_ => createStore());
        _provider = services.BuildServiceProvider(validateScopes: true);
    }

    public TestDatabase Database { get; }

    public ManualTimeProvider Clock { get; } = new();

    public UserId User { get; } = new("alice");

    public SignInService SignIn => _provider.GetRequiredService<SignInService>();

    public EntityFrameworkAccountStore Store => _provider.GetRequiredService<EntityFrameworkAccountStore>();

    public ImmutableArray<string> BackupCodes { get; private set; }

    public string CodeNow => Totp.Generate(_seed, Totp.StepAt(Clock.Now, TotpParameters.Default), TotpParameters.Default);

    /// <summary>Six digits that no step near the present has.</summary>
    public string WrongCode => Enumerable.Range(0, 1000).Select(i => $"{i:D6}").First(code =>
        Totp.FindMatchingStep(_seed, code, Totp.StepAt(Clock.Now, TotpParameters.Default) - 50, Totp.StepAt(Clock.Now, TotpParameters.Default) + 50, TotpParameters.Default) is null);

    public static async Task<Host> EnrolledAsync(Engine engine, string keywords = "", Func<TestDatabase, IAccountStore>? createStore = null)
    {
        var database = await TestDatabase.CreateAsync(engine, keywords);
        await using (var context = database.CreateHostContext()) await context.Database.EnsureCreatedAsync();
        var host = new Host(database, createStore is null ? null : () => createStore(database));
        var enrollment = host._provider.GetRequiredService<EnrollmentService>();
        var offer = ((BeginEnrollmentResult.Started)await enrollment.BeginAsync(host.User, "alice@example.com")).Offer;
        if (!OtpSecret.TryParseBase32(offer.ManualKey, out var seed, out _)) throw new InvalidOperationException("The offer has no key.");
        host._seed = seed!.Bytes.ToArray();
        host.BackupCodes = ((ConfirmEnrollmentResult.Confirmed)await enrollment.ConfirmAsync(host.User, offer.EnrollmentId, host.CodeNow)).BackupCodes;
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        await Database.DisposeAsync();
    }
}
