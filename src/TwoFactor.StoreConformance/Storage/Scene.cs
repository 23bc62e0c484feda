using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using TwoFactor.Accounts;
using TwoFactor.Enrollment;
using TwoFactor.Otp;
using TwoFactor.SignIn;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>The public services over a store, a clock that stands still, and one user with an authenticator and backup codes.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    private Scene(StoreHarness harness, Action<TwoFactorOptions> configure)
    {
        Harness = harness;
        Loads = new LoadsMeet(harness.Store);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddTwoFactor(options =>
        {
            options.Issuer = "Example";
            // The cheapest hash that is allowed: these tests are about races.
            options.BackupCodes.MemoryKiB = 7168;
            options.BackupCodes.Iterations = 1;
            options.BackupCodes.QueueLimit = 1024;
            options.BackupCodes.QueueTimeout = TimeSpan.FromMinutes(1);
            configure(options);
        }).UseSecretKeys("k1", [new("k1", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))]).UseStore(_ => Loads);
        _provider = services.BuildServiceProvider(validateScopes: true);
    }

    public StoreHarness Harness { get; }

    /// <summary>Stands between the services and the store.</summary>
    public LoadsMeet Loads { get; }

    public StandingClock Clock { get; } = new();

    public UserId User { get; } = new("alice");

    public SignInService SignIn => _provider.GetRequiredService<SignInService>();

    public EnrollmentService Enrollment => _provider.GetRequiredService<EnrollmentService>();

    public ImmutableArray<string> BackupCodes { get; private set; }

    private byte[] Seed { get; set; } = [];

    /// <summary>The code that the authenticator shows now.</summary>
    public string CodeNow => Totp.Generate(Seed, Totp.StepAt(Clock.Now, TotpParameters.Default), TotpParameters.Default);

    /// <summary>Six digits that no step near the present has.</summary>
    public string WrongCode => Enumerable.Range(0, 1000).Select(i => $"{i:D6}").First(code =>
        Totp.FindMatchingStep(Seed, code, Totp.StepAt(Clock.Now, TotpParameters.Default) - 50, Totp.StepAt(Clock.Now, TotpParameters.Default) + 50, TotpParameters.Default) is null);

    public static Scene Empty(StoreHarness harness) => new(harness, _ => { });

    public static async Task<Scene> EnrolledAsync(StoreHarness harness, Action<TwoFactorOptions>? configure = null)
    {
        var scene = new Scene(harness, configure ?? (_ => { }));
        var offer = await scene.BeginEnrollmentAsync();
        var confirmed = await scene.Enrollment.ConfirmAsync(scene.User, offer.EnrollmentId, scene.CodeNow);
        scene.BackupCodes = ((ConfirmEnrollmentResult.Confirmed)confirmed).BackupCodes;
        // Past the window in which the confirming code would be a replay.
        scene.Clock.Advance(TimeSpan.FromMinutes(5));
        return scene;
    }

    /// <summary>Limits so high that codes spent by others, which count as wrong ones, lock nobody out.</summary>
    public static void Lenient(TwoFactorOptions options)
    {
        options.Lockout.ChallengeAttempts = 10;
        options.Lockout.CodeFailures = 100;
        options.Lockout.HardLimit = 100;
        options.Lockout.FailuresPerDay = 0;
        options.Lockout.FailuresPer30Days = 0;
        options.Lockout.MaxGuessProbabilityPerYear = 1;
    }

    public async Task<EnrollmentOffer> BeginEnrollmentAsync()
    {
        var offer = ((BeginEnrollmentResult.Started)await Enrollment.BeginAsync(User, "alice@example.com")).Offer;
        if (!OtpSecret.TryParseBase32(offer.ManualKey, out var seed, out var error)) throw new InvalidOperationException($"The offer's key is {error}.");
        Seed = seed!.Bytes.ToArray();
        return offer;
    }

    /// <summary>Challenges of as many sign-ins as may wait at once.</summary>
    public async Task<ChallengeToken[]> BeginSignInsAsync()
    {
        var challenges = new ChallengeToken[Account.MaxChallenges];
        for (var i = 0; i < challenges.Length; i++)
            challenges[i] = ((BeginSignInResult.ChallengeRequired)await SignIn.BeginAsync(new SignInRequest(User))).Challenge;
        return challenges;
    }

    public async Task<Account> AccountAsync() => (await Harness.Store.LoadAsync(User)).Account!;

    /// <summary>How many audit events of a name there are.</summary>
    public async Task<int> EventsAsync(string name) => (await Harness.EventsOfAsync(User)).Count(e => e.Name == name);

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}
