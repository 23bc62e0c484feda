using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using TwoFactor.Otp;
using TwoFactor.Tests.Support;

namespace TwoFactor.Tests.DependencyInjection;

/// <summary>Every documented range: its ends are accepted, what lies beyond them is refused by the option's name.</summary>
public sealed class OptionRangeTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    private static IEnumerable<Range> Ranges() =>
    [
        Number("Totp.Digits", (o, v) => o.Totp.Digits = v, 6, 8),
        Number("Totp.PeriodSeconds", (o, v) => o.Totp.PeriodSeconds = v, 10, 300),
        Number("Totp.PastSteps", (o, v) => o.Totp.PastSteps = v, 0, 10),
        Number("Totp.FutureSteps", (o, v) => o.Totp.FutureSteps = v, 0, 10),
        Number("Totp.ClockHintSteps", (o, v) => o.Totp.ClockHintSteps = v, 0, 20),
        Number("Enrollment.SecretLength", (o, v) => o.Enrollment.SecretLength = v, 16, 64),
        Time("Enrollment.PendingLifetime", (o, v) => o.Enrollment.PendingLifetime = v, Minute, Minute * 60),
        Time("Enrollment.ProofMaxAge", (o, v) => o.Enrollment.ProofMaxAge = v, Second * 10, Minute * 60),
        Time("SignIn.ChallengeLifetime", (o, v) => o.SignIn.ChallengeLifetime = v, Second * 30, Minute * 10),
        Number("TrustedDevices.Days", (o, v) => o.TrustedDevices.Days = v, 7, 90),
        Number("Lockout.ChallengeAttempts", (o, v) => o.Lockout.ChallengeAttempts = v, 1, 10),
        Number("Lockout.CodeFailures", (o, v) => (o.Lockout.CodeFailures, o.Lockout.HardLimit) = (v, 100), 1, 100),
        Number("Lockout.FailuresPerDay", (o, v) => o.Lockout.FailuresPerDay = v, 0, 256),
        Number("Lockout.FailuresPer30Days", (o, v) => o.Lockout.FailuresPer30Days = v, 0, 256),
        Number("Lockout.HardLimit", (o, v) => (o.Lockout.HardLimit, o.Lockout.CodeFailures) = (v, 1), 1, 100),
        Number("Lockout.PasswordFailures", (o, v) => o.Lockout.PasswordFailures = v, 1, 100),
        Time("Lockout.CodeRelease.Duration", (o, v) => (o.Lockout.CodeRelease.Duration, o.Lockout.CodeRelease.Max) = (v, Month), Second, Month),
        Time("Lockout.CodeRelease.Max", (o, v) => (o.Lockout.CodeRelease.Duration, o.Lockout.CodeRelease.Max) = (Second, v), Second, Month),
        Time("Lockout.PasswordRelease.Duration", (o, v) => (o.Lockout.PasswordRelease.Duration, o.Lockout.PasswordRelease.Max) = (v, Month), Second, Month),
        Time("Lockout.PasswordRelease.Max", (o, v) => (o.Lockout.PasswordRelease.Duration, o.Lockout.PasswordRelease.Max) = (Second, v), Second, Month),
        Real("Lockout.CodeRelease.Factor", (o, v) => o.Lockout.CodeRelease.Factor = v, 1, 10),
        Real("Lockout.PasswordRelease.Factor", (o, v) => o.Lockout.PasswordRelease.Factor = v, 1, 10),
        new("Lockout.MaxGuessProbabilityPerYear", o => o.Lockout.MaxGuessProbabilityPerYear = 0.0024, o => o.Lockout.MaxGuessProbabilityPerYear = 1,
            o => o.Lockout.MaxGuessProbabilityPerYear = 0, o => o.Lockout.MaxGuessProbabilityPerYear = 1.0001),
        Number("BackupCodes.Count", (o, v) => o.BackupCodes.Count = v, 1, 32),
        Number("BackupCodes.MemoryKiB", (o, v) => o.BackupCodes.MemoryKiB = v, 7168, 65536),
        Number("BackupCodes.Iterations", (o, v) => o.BackupCodes.Iterations = v, 1, 16),
        Number("BackupCodes.Parallelism", (o, v) => o.BackupCodes.Parallelism = v, 1, 16),
        Number("BackupCodes.MaxConcurrentHashes", (o, v) => o.BackupCodes.MaxConcurrentHashes = v, 1, 256),
        Number("BackupCodes.QueueLimit", (o, v) => o.BackupCodes.QueueLimit = v, 0, 65536),
        Time("BackupCodes.QueueTimeout", (o, v) => o.BackupCodes.QueueTimeout = v, TimeSpan.Zero, Minute),
    ];

    [TestCaseSource(nameof(Ranges))]
    public void Both_ends_of_a_range_are_accepted(Range range)
    {
        Assert.That(FailureOf(range.Lowest), Is.Null);
        Assert.That(FailureOf(range.Highest), Is.Null);
    }

    [TestCaseSource(nameof(Ranges))]
    public void What_lies_beyond_an_end_is_refused_by_name(Range range)
    {
        var parts = range.Option.Split('.', 2);
        Assert.That(FailureOf(range.Below), Does.Contain(parts[0]).And.Contain(parts[1]));
        Assert.That(FailureOf(range.Above), Does.Contain(parts[0]).And.Contain(parts[1]));
    }

    [Test]
    public void Every_option_that_has_a_range_is_tried_here()
    {
        var tried = Ranges().Select(r => r.Option).ToHashSet();
        Assert.That(Options(typeof(TwoFactorOptions), "").Where(o => !tried.Contains(o)), Is.EquivalentTo((string[])
            ["Issuer", "Totp.Algorithm", "Totp.UseVectorizedHmac", "Lockout.Preset", "Lockout.CodeRelease.AdminOnly", "Lockout.PasswordRelease.AdminOnly",
                "Administration.RequireOwnSecondFactor", "Administration.AllowResetOfSharedUsers"]));
    }

    [Test]
    public void The_defaults_are_valid_in_both_presets([Values] LockoutPreset preset) => Assert.That(FailureOf(o => o.Lockout.Preset = preset), Is.Null);

    [TestCase(""), TestCase(" "), TestCase("Acme: Mail"), TestCase("Acme\n"), TestCase("Ac\u202Eme"), TestCase(null)]
    public void An_issuer_that_apps_cannot_show_is_refused_and_the_message_says_what_to_do(string? issuer) =>
        Assert.That(FailureOf(o => o.Issuer = issuer!), Does.Contain("Issuer").And.Contain("name of your product").And.Not.Contain("\u202E"));

    [Test]
    public void Values_that_no_enumeration_has_are_refused()
    {
        Assert.That(FailureOf(o => o.Totp.Algorithm = (OtpAlgorithm)77), Does.Contain("Algorithm"));
        Assert.That(FailureOf(o => o.Lockout.Preset = (LockoutPreset)77), Does.Contain("Lockout.Preset"));
    }

    [Test]
    public void Relations_between_options_are_checked()
    {
        Assert.That(FailureOf(o => (o.Lockout.HardLimit, o.Lockout.CodeFailures) = (4, 5)), Does.Contain("HardLimit").And.Contain("CodeFailures"));
        Assert.That(
            FailureOf(o => (o.Lockout.CodeRelease.Duration, o.Lockout.CodeRelease.Max) = (Minute, Minute - Tick)),
            Does.Contain("CodeRelease.Max").And.Contain("CodeRelease.Duration"));
        Assert.That(FailureOf(o => o.Lockout.CodeRelease.Factor = double.NaN), Does.Contain("CodeRelease.Factor"));
        Assert.That(FailureOf(o => o.Lockout.MaxGuessProbabilityPerYear = double.NaN), Does.Contain("MaxGuessProbabilityPerYear"));
    }

    [Test]
    public void All_faults_are_told_at_once() =>
        Assert.That(
            FailureOf(o => (o.Issuer, o.Totp.Digits, o.SignIn.ChallengeLifetime) = ("", 9, default)),
            Does.Contain("Issuer").And.Contain("Digits").And.Contain("SignIn.ChallengeLifetime"));

    [TestCase(3, 3, 60, true, Description = "7 steps: 1-(1-7e-6)^780 = 0.54 %")]
    [TestCase(6, 5, 60, true, Description = "12 steps: 0.93 %")]
    [TestCase(6, 6, 60, false, Description = "13 steps: 1.01 %")]
    [TestCase(1, 1, 256, true, Description = "3 steps, 13 x 256 guesses: 0.99 %")]
    [TestCase(2, 1, 256, false, Description = "4 steps: 1.32 %")]
    public void A_policy_that_lets_guess_with_more_than_one_percent_a_year_does_not_start(int past, int future, int per30Days, bool starts)
    {
        var failure = FailureOf(o =>
        {
            (o.Totp.PastSteps, o.Totp.FutureSteps, o.Lockout.FailuresPer30Days) = (past, future, per30Days);
            o.Lockout.MaxGuessProbabilityPerYear = new LockoutOptions().MaxGuessProbabilityPerYear;
        });
        Assert.That(failure, starts ? Is.Null : Does.Contain("MaxGuessProbabilityPerYear").And.Contain("1.00"));
    }

    [Test]
    public void Without_any_cap_guesses_add_up_beyond_the_ceiling([Values] LockoutPreset preset)
    {
        var failure = FailureOf(o =>
        {
            (o.Lockout.Preset, o.Lockout.FailuresPerDay, o.Lockout.FailuresPer30Days) = (preset, 0, 0);
            o.Lockout.MaxGuessProbabilityPerYear = 0.01;
        });
        Assert.That(failure, Does.Contain("MaxGuessProbabilityPerYear"));
    }

    private static string? FailureOf(Action<TwoFactorOptions> set)
    {
        var services = new ServiceCollection();
        services.AddTwoFactor(options =>
        {
            options.Issuer = "Acme";
            // Out of the way of what is tried.
            options.Lockout.MaxGuessProbabilityPerYear = 1;
            set(options);
        }).UseInMemoryStore().UseSecretKeys("k1", TestHost.Keys("k1"));
        using var provider = services.BuildServiceProvider();
        try
        {
            _ = provider.GetRequiredService<IOptions<TwoFactorOptions>>().Value;
            return null;
        }
        catch (OptionsValidationException e)
        {
            return e.Message;
        }
    }

    private static IEnumerable<string> Options(Type type, string path) => type.GetProperties().SelectMany(p =>
        p.PropertyType.IsClass && p.PropertyType != typeof(string) ? Options(p.PropertyType, $"{path}{p.Name}.") : [path + p.Name]);

    private static Range Number(string option, Action<TwoFactorOptions, int> set, int least, int most) =>
        new(option, o => set(o, least), o => set(o, most), o => set(o, least - 1), o => set(o, most + 1));

    private static Range Time(string option, Action<TwoFactorOptions, TimeSpan> set, TimeSpan least, TimeSpan most) =>
        new(option, o => set(o, least), o => set(o, most), o => set(o, least - Tick), o => set(o, most + Tick));

    private static Range Real(string option, Action<TwoFactorOptions, double> set, double least, double most) =>
        new(option, o => set(o, least), o => set(o, most), o => set(o, double.BitDecrement(least)), o => set(o, double.BitIncrement(most)));

    public sealed record Range(
        string Option, Action<TwoFactorOptions> Lowest, Action<TwoFactorOptions> Highest, Action<TwoFactorOptions> Below, Action<TwoFactorOptions> Above)
    {
        public override string ToString() => Option;
    }
}
