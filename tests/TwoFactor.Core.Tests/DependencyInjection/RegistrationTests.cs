using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Cryptography;
using TwoFactor.Enrollment;
using TwoFactor.Otp;
using TwoFactor.SignIn;
using TwoFactor.Status;
using TwoFactor.Storage;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Verification;

namespace TwoFactor.Tests.DependencyInjection;

public sealed class RegistrationTests
{
    [Test]
    public void The_four_services_are_singletons()
    {
        using var provider = Add(new ServiceCollection()).UseInMemoryStore().UseSecretKeys("k1", TestHost.Keys("k1")).Services.BuildServiceProvider(validateScopes: true);
        foreach (var type in new[] { typeof(SignInService), typeof(EnrollmentService), typeof(AccountStatusService), typeof(AdministrationService) })
        {
            var (first, second) = (provider.GetRequiredService(type), provider.GetRequiredService(type));
            Assert.That(second, Is.SameAs(first), type.Name);
        }
    }

    [Test]
    public async Task A_host_without_a_store_does_not_start_and_says_what_to_call()
    {
        var failure = await StartAsync(b => b.UseSecretKeys("k1", TestHost.Keys("k1")));
        Assert.That(failure?.Message, Does.Contain("UseInMemoryStore").And.Contain("AddEntityFrameworkStore").And.Contain("UseStore"));
    }

    [Test]
    [Feature("E7"), Attack(37)]
    public async Task A_host_without_a_key_does_not_start_and_says_what_to_call()
    {
        var failure = await StartAsync(b => b.UseInMemoryStore());
        Assert.That(failure?.Message, Does.Contain("UseSecretKeys").And.Contain("openssl rand -base64 32").And.Contain("UseSecretProtector"));
    }

    [Test]
    public async Task A_host_with_an_option_out_of_range_does_not_start()
    {
        var failure = await StartAsync(b => b.UseInMemoryStore().UseSecretKeys("k1", TestHost.Keys("k1")), o => o.Totp.Digits = 5);
        Assert.That(failure?.Message, Does.Contain("Digits"));
    }

    [Test]
    public async Task A_host_with_store_and_key_starts() =>
        Assert.That(await StartAsync(b => b.UseInMemoryStore().UseSecretKeys("k1", TestHost.Keys("k1"))), Is.Null);

    [Test]
    public void Without_a_host_the_first_use_says_the_same()
    {
        using var provider = Add(new ServiceCollection()).Services.BuildServiceProvider();
        Assert.That(
            () => provider.GetRequiredService<SignInService>(),
            Throws.InstanceOf<OptionsValidationException>().With.Message.Contains("UseInMemoryStore").And.Message.Contains("UseSecretKeys"));
    }

    [Test]
    public void Options_are_bound_from_configuration()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["TwoFactor:Issuer"] = "Acme Mail",
            ["TwoFactor:Totp:Algorithm"] = "Sha256",
            ["TwoFactor:Totp:Digits"] = "8",
            ["TwoFactor:Totp:PeriodSeconds"] = "60",
            ["TwoFactor:Totp:PastSteps"] = "2",
            ["TwoFactor:Totp:FutureSteps"] = "0",
            ["TwoFactor:Totp:ClockHintSteps"] = "5",
            ["TwoFactor:Enrollment:SecretLength"] = "32",
            ["TwoFactor:Enrollment:PendingLifetime"] = "00:05:00",
            ["TwoFactor:Enrollment:ProofMaxAge"] = "00:02:00",
            ["TwoFactor:SignIn:ChallengeLifetime"] = "00:03:00",
            ["TwoFactor:Lockout:Preset"] = "AdminUnlock",
            ["TwoFactor:Lockout:ChallengeAttempts"] = "2",
            ["TwoFactor:Lockout:CodeRelease:Duration"] = "00:00:30",
            ["TwoFactor:Lockout:CodeRelease:AdminOnly"] = "false",
            ["TwoFactor:BackupCodes:Count"] = "12",
            ["TwoFactor:BackupCodes:QueueTimeout"] = "00:00:01",
        }).Build();
        var services = new ServiceCollection();
        services.AddTwoFactor(options => configuration.GetSection("TwoFactor").Bind(options)).UseInMemoryStore().UseSecretKeys("k1", TestHost.Keys("k1"));
        using var provider = services.BuildServiceProvider();
        var o = provider.GetRequiredService<IOptions<TwoFactorOptions>>().Value;
        Assert.Multiple(() =>
        {
            Assert.That((o.Issuer, o.Totp.Algorithm, o.Totp.Digits, o.Totp.PeriodSeconds), Is.EqualTo(("Acme Mail", OtpAlgorithm.Sha256, 8, 60)));
            Assert.That((o.Totp.PastSteps, o.Totp.FutureSteps, o.Totp.ClockHintSteps), Is.EqualTo((2, 0, 5)));
            Assert.That((o.Enrollment.SecretLength, o.Enrollment.PendingLifetime.TotalMinutes, o.Enrollment.ProofMaxAge.TotalMinutes), Is.EqualTo((32, 5.0, 2.0)));
            Assert.That((o.SignIn.ChallengeLifetime.TotalMinutes, o.Lockout.Preset, o.Lockout.ChallengeAttempts), Is.EqualTo((3.0, LockoutPreset.AdminUnlock, (int?)2)));
            Assert.That((o.Lockout.CodeRelease.Duration?.TotalSeconds, o.Lockout.CodeRelease.AdminOnly), Is.EqualTo(((double?)30, (bool?)false)));
            Assert.That((o.BackupCodes.Count, o.BackupCodes.QueueTimeout.TotalSeconds), Is.EqualTo((12, 1.0)));
        });
    }

    [Test]
    public async Task Options_changed_after_the_start_have_no_effect()
    {
        TwoFactorOptions? options = null;
        using var host = TestHost.Start(o => options = o);
        var ada = await host.EnrollAsync();
        (options!.Lockout.CodeFailures, options.Lockout.ChallengeAttempts, options.Issuer, options.BackupCodes.Count) = (1, 1, "Evil", 1);
        Assert.That(await host.GuessAsync(ada), Is.TypeOf<CodeRefusal.Wrong>());
        Assert.That((await host.BeginEnrollmentAsync(new UserId("ben"))).Issuer, Is.EqualTo("Acme"));
    }

    [Test]
    public void What_the_host_has_registered_before_stays()
    {
        var (clock, store, authorizer) = (new ManualTimeProvider(), new InMemoryAccountStore(), new Administrators());
        using var protector = new AesGcmSecretProtector(SecretKeyRing.FromBase64("k1", TestHost.Keys("k1")));
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock).AddSingleton<IAccountStore>(store).AddSingleton<ITwoFactorAuthorizer>(authorizer);
        services.AddSingleton<ISecretProtector>(protector);
        using var provider = Add(services).Services.BuildServiceProvider();
        Assert.Multiple(() =>
        {
            Assert.That(provider.GetRequiredService<SignInService>(), Is.Not.Null);
            Assert.That(provider.GetRequiredService<TimeProvider>(), Is.SameAs(clock));
            Assert.That(provider.GetRequiredService<IAccountStore>(), Is.SameAs(store));
            Assert.That(provider.GetRequiredService<ITwoFactorAuthorizer>(), Is.SameAs(authorizer));
            Assert.That(provider.GetRequiredService<ISecretProtector>(), Is.SameAs(protector));
        });
    }

    [Test]
    public void Adding_it_twice_adds_it_once()
    {
        var services = new ServiceCollection();
        Add(services).UseInMemoryStore().UseSecretKeys("k1", TestHost.Keys("k1"));
        var once = services.Count(d => d.ServiceType.Assembly == typeof(SignInService).Assembly);
        Add(services);
        Assert.That(services.Count(d => d.ServiceType.Assembly == typeof(SignInService).Assembly), Is.EqualTo(once));
        using var provider = services.BuildServiceProvider();
        Assert.That(provider.GetRequiredService<SignInService>(), Is.Not.Null);
    }

    [Test]
    public void Of_two_stores_the_later_wins()
    {
        var store = new InMemoryAccountStore();
        using var provider = Add(new ServiceCollection())
            .UseInMemoryStore().UseStore(_ => store).UseSecretKeys("k1", TestHost.Keys("k1")).Services.BuildServiceProvider();
        Assert.That(provider.GetRequiredService<IAccountStore>(), Is.SameAs(store));
    }

    [Test]
    public void Misuse_names_the_parameter()
    {
        var builder = Add(new ServiceCollection());
        Assert.Multiple(() =>
        {
            Assert.That(() => new ServiceCollection().AddTwoFactor(null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("configure"));
            Assert.That(() => ((IServiceCollection)null!).AddTwoFactor(_ => { }), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("services"));
            Assert.That(() => builder.UseStore(null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("factory"));
            Assert.That(() => builder.UseSecretProtector(null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("factory"));
            Assert.That(() => builder.UseBackupCodePeppers(null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("peppers"));
            Assert.That(() => builder.UseSecretKeys("k2", TestHost.Keys("k1")), Throws.ArgumentException);
            Assert.That(() => builder.UseSecretKeys("k1", []), Throws.ArgumentException);
        });
    }

    private static TwoFactorBuilder Add(IServiceCollection services) => services.AddTwoFactor(options => options.Issuer = "Acme");

    private static async Task<OptionsValidationException?> StartAsync(Action<TwoFactorBuilder> build, Action<TwoFactorOptions>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        build(builder.Services.AddTwoFactor(options =>
        {
            options.Issuer = "Acme";
            configure?.Invoke(options);
        }));
        using var host = builder.Build();
        try
        {
            await host.StartAsync();
            await host.StopAsync();
            return null;
        }
        catch (OptionsValidationException e)
        {
            return e;
        }
    }
}
