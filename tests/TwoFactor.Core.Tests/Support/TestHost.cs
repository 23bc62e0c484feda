using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Auditing;
using TwoFactor.Enrollment;
using TwoFactor.KeyRotation;
using TwoFactor.SignIn;
using TwoFactor.Status;
using TwoFactor.Storage;
using TwoFactor.Testing;
using TwoFactor.TrustedDevices;
using TwoFactor.Verification;

namespace TwoFactor.Tests.Support;

/// <summary>An application with two-factor authentication: everything real but the clock, and cheap hashes of backup codes.</summary>
internal sealed class TestHost : IDisposable
{
    public const string Issuer = "Acme";
    private readonly ServiceProvider _provider;

    private TestHost(ServiceProvider provider, ManualTimeProvider clock, InMemoryAccountStore memory, HookedStore store)
    {
        (_provider, Clock, Memory, Store) = (provider, clock, memory, store);
        SignIn = provider.GetRequiredService<SignInService>();
        Enrollment = provider.GetRequiredService<EnrollmentService>();
        TrustedDevices = provider.GetRequiredService<TrustedDeviceService>();
        Status = provider.GetRequiredService<AccountStatusService>();
        Administration = provider.GetRequiredService<AdministrationService>();
    }

    public ManualTimeProvider Clock { get; }

    public DateTimeOffset Now => Clock.Now;

    /// <summary>What is stored.</summary>
    public InMemoryAccountStore Memory { get; }

    /// <summary>The store as the services see it.</summary>
    public HookedStore Store { get; }

    public SignInService SignIn { get; }

    public EnrollmentService Enrollment { get; }

    public TrustedDeviceService TrustedDevices { get; }

    public AccountStatusService Status { get; }

    public AdministrationService Administration { get; }

    public SecretRotator Rotator => _provider.GetRequiredService<SecretRotator>();

    public static TestHost Start(
        Action<TwoFactorOptions>? configure = null, Action<TwoFactorBuilder>? build = null, InMemoryAccountStore? memory = null, ManualTimeProvider? clock = null)
    {
        memory ??= new InMemoryAccountStore();
        clock ??= new ManualTimeProvider();
        var store = new HookedStore(memory);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<IAccountFeed>(memory);
        var builder = services.AddTwoFactor(options =>
        {
            options.Issuer = Issuer;
            options.BackupCodes.MemoryKiB = 7168;
            options.BackupCodes.Iterations = 1;
            // Most stories need an administrator and not his phone; AuthorizationTests has the default.
            options.Administration.RequireOwnSecondFactor = false;
            configure?.Invoke(options);
        });
        builder.UseStore(_ => store).UseSecretKeys("k1", Keys("k1")).UseAuthorizer<Administrators>();
        build?.Invoke(builder);
        return new TestHost(services.BuildServiceProvider(), clock, memory, store);
    }

    /// <summary>The same deployment after a restart: another process on the same database and the same clock.</summary>
    public TestHost Restart(Action<TwoFactorOptions>? configure = null, Action<TwoFactorBuilder>? build = null) => Start(configure, build, Memory, Clock);

    /// <summary>Keys of 32 bytes that depend on their ids alone.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Keys(params string[] ids) =>
        ids.Select(id => new KeyValuePair<string, string?>(id, Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(id)))));

    /// <summary>A user sets up an authenticator, and the app moves on to its next code.</summary>
    public async Task<Person> EnrollAsync(string name = "ada", Proof? proof = null)
    {
        var id = new UserId(name);
        var offer = await BeginEnrollmentAsync(id, proof);
        var app = Phone.Scan(offer.Uri);
        var result = await Enrollment.ConfirmAsync(id, offer.EnrollmentId, app.CodeAt(Now));
        var confirmed = result as ConfirmEnrollmentResult.Confirmed ?? throw new AssertionException($"Not enrolled: {result}");
        NextCode();
        return new Person(id, app, offer.EnrollmentId, confirmed.BackupCodes, confirmed.Proof);
    }

    public async Task<EnrollmentOffer> BeginEnrollmentAsync(UserId user, Proof? proof = null)
    {
        var result = await Enrollment.BeginAsync(user, $"{user}@example.org", proof);
        return (result as BeginEnrollmentResult.Started)?.Offer ?? throw new AssertionException($"No enrolment begun: {result}");
    }

    /// <summary>Time passes until the app shows another code.</summary>
    public void NextCode() => Clock.Advance(TimeSpan.FromSeconds(30));

    /// <summary>The password is right and the application asks for a code.</summary>
    public async Task<ChallengeToken> PassPasswordAsync(Person person)
    {
        var result = await BeginSignInAsync(person);
        return (result as BeginSignInResult.ChallengeRequired)?.Challenge ?? throw new AssertionException($"No challenge: {result}");
    }

    public Task<BeginSignInResult> BeginSignInAsync(Person person) => SignIn.BeginAsync(new SignInRequest(person.Id)).AsTask();

    /// <summary>Types a code of the app.</summary>
    public Task<VerifySignInResult> EnterAsync(ChallengeToken challenge, string code) => SignIn.VerifyAsync(challenge, MfaFactorType.Totp, code).AsTask();

    public Task<VerifySignInResult> EnterBackupCodeAsync(ChallengeToken challenge, string code) =>
        SignIn.VerifyAsync(challenge, MfaFactorType.BackupCode, code).AsTask();

    /// <summary>A whole sign-in with the code that the app shows now.</summary>
    public async Task<VerifySignInResult> SignInAsync(Person person) => await EnterAsync(await PassPasswordAsync(person), person.App.CodeAt(Now));

    /// <summary>Signs in and insists on success; then the app moves on.</summary>
    public async Task<VerifySignInResult.SignedIn> MustSignInAsync(Person person)
    {
        var result = await SignInAsync(person);
        NextCode();
        return result as VerifySignInResult.SignedIn ?? throw new AssertionException($"Not signed in: {result}");
    }

    /// <summary>
    /// One wrong code the way a guesser gives it: with the password, a new sign-in whenever the last one ended. The answer is a refusal,
    /// or null when the account was locked before a code could be given.
    /// </summary>
    public async Task<CodeRefusal?> GuessAsync(Person person)
    {
        if (await BeginSignInAsync(person) is not BeginSignInResult.ChallengeRequired begun) return null;
        return (await EnterAsync(begun.Challenge, person.App.WrongCodeAt(Now))).Refusal();
    }

    /// <summary>Gives wrong codes until the account locks, and returns the lock.</summary>
    public async Task<AccountLock> GuessUntilLockedAsync(Person person)
    {
        for (var i = 0; i < 200; i++)
        {
            if (await GuessAsync(person) is CodeRefusal.LockedOut locked) return locked.Lock;
        }

        throw new AssertionException("200 wrong codes locked nothing.");
    }

    public async Task<Account> StoredAsync(UserId user) =>
        (await Memory.LoadAsync(user, CancellationToken.None)).Account ?? throw new AssertionException($"Nothing is stored of {user}.");

    /// <summary>The names of the audit records of a user, oldest first.</summary>
    public IEnumerable<string> AuditNamesOf(UserId user) => Memory.EventsOf(user).Select(e => e.Name);

    public AuditEvent LastAuditOf(UserId user) => Memory.EventsOf(user)[^1];

    /// <summary>Writes an account as it is, past the library: what somebody with a database console does.</summary>
    public async Task OverwriteAsync(Account account)
    {
        var stored = await Memory.LoadAsync(account.UserId, CancellationToken.None);
        var written = account with { AuditHead = stored.Account?.AuditHead };
        Assert.That(await Memory.TrySaveAsync(written, stored.Version, [], CancellationToken.None), Is.True);
    }

    public void Dispose() => _provider.Dispose();
}
