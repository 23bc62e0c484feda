using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Enrollment;
using TwoFactor.Otp;
using TwoFactor.SignIn;
using TwoFactor.StoreConformance.Storage;

namespace TwoFactor.StoreConformance.Attacks;

/// <summary>The public services over a store, a clock that stands still, and users with an authenticator and backup codes.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    private Scene(StoreHarness harness, Action<TwoFactorOptions> configure)
    {
        Harness = harness;
        Store = new HeldStore(harness.Store);
        Alice = new Person(new UserId("alice"), Clock);
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
        }).UseSecretKeys("k1", [new("k1", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))]).UseStore(_ => Store);
        _provider = services.BuildServiceProvider(validateScopes: true);
    }

    public StoreHarness Harness { get; }

    /// <summary>Stands between the services and the store.</summary>
    public HeldStore Store { get; }

    public StandingClock Clock { get; } = new();

    public Person Alice { get; }

    public SignInService SignIn => _provider.GetRequiredService<SignInService>();

    public EnrollmentService Enrollment => _provider.GetRequiredService<EnrollmentService>();

    public static Scene Empty(StoreHarness harness) => new(harness, _ => { });

    public static async Task<Scene> EnrolledAsync(StoreHarness harness, Action<TwoFactorOptions>? configure = null)
    {
        var scene = new Scene(harness, configure ?? (_ => { }));
        await scene.EnrollAsync(scene.Alice);
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

    /// <summary>Another user, with all that belongs to one.</summary>
    public async Task<Person> AddAsync(string id)
    {
        var person = new Person(new UserId(id), Clock);
        await EnrollAsync(person);
        return person;
    }

    public async Task EnrollAsync(Person person)
    {
        var offer = await BeginEnrollmentAsync(person);
        var confirmed = (ConfirmEnrollmentResult.Confirmed)await Enrollment.ConfirmAsync(person.Id, offer.EnrollmentId, person.CodeNow);
        (person.BackupCodes, person.Proof) = (confirmed.BackupCodes, confirmed.Proof);
    }

    public async Task<EnrollmentOffer> BeginEnrollmentAsync(Person person)
    {
        var offer = ((BeginEnrollmentResult.Started)await Enrollment.BeginAsync(person.Id, $"{person.Id}@example.com")).Offer;
        if (!OtpSecret.TryParseBase32(offer.ManualKey, out var seed, out var error)) throw new InvalidOperationException($"The offer's key is {error}.");
        person.Seed = seed!.Bytes.ToArray();
        return offer;
    }

    /// <summary>The challenge of a sign-in that waits for its second factor.</summary>
    public async Task<ChallengeToken> BeginAsync(Person person) =>
        ((BeginSignInResult.ChallengeRequired)await SignIn.BeginAsync(new SignInRequest(person.Id))).Challenge;

    /// <summary>Challenges of as many sign-ins as may wait at once.</summary>
    public async Task<ChallengeToken[]> BeginSignInsAsync()
    {
        var challenges = new ChallengeToken[Account.MaxChallenges];
        for (var i = 0; i < challenges.Length; i++) challenges[i] = await BeginAsync(Alice);
        return challenges;
    }

    public async Task<VerifySignInResult> EnterAsync(Person person, string code) => await SignIn.VerifyAsync(await BeginAsync(person), MfaFactorType.Totp, code);

    /// <summary>Lets the next calls, this many at once, decide on one state.</summary>
    public void ExpectAtOnce(int callers)
    {
        Store.Expect(callers);
        Harness.ExpectSavesAtOnce(callers);
    }

    public async Task<Account> AccountAsync() => (await Harness.Store.LoadAsync(Alice.Id)).Account!;

    /// <summary>How many audit events of a name there are.</summary>
    public async Task<int> EventsAsync(string name) => (await Harness.EventsOfAsync(Alice.Id)).Count(e => e.Name == name);

    public async Task ExpectWholeChainAsync() => Expect.Equal(
        AuditChain.FindBreak(await Harness.EventsOfAsync(Alice.Id), (await AccountAsync()).AuditHead), null, "The first break of the audit chain");

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}
