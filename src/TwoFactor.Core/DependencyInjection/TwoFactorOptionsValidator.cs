using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TwoFactor.Accounts;
using TwoFactor.Cryptography;
using TwoFactor.Enforcement;
using TwoFactor.Lockout;
using TwoFactor.Organizations;
using TwoFactor.Otp;
using TwoFactor.Provisioning;
using TwoFactor.Storage;

namespace TwoFactor;

/// <summary>Ranges, relations between fields, and that the host has said where accounts are kept and under which key seeds are encrypted.</summary>
internal sealed class TwoFactorOptionsValidator(IServiceProviderIsService registered) : IValidateOptions<TwoFactorOptions>
{
    internal const string MissingStore =
        "AddTwoFactor needs a store for accounts: call UseInMemoryStore() for a trial, AddEntityFrameworkStore<TContext>() of TwoFactor.EntityFrameworkCore, or UseStore<T>().";

    internal const string MissingProtector =
        "AddTwoFactor needs a key under which seeds are encrypted: call UseSecretKeys(currentKeyId, keys) with at least one key of 32 random bytes in Base64 (openssl rand -base64 32), or UseSecretProtector(...).";

    internal const string MissingOrganizationStore =
        "Memberships were given to AddTwoFactor, but no store for the organisations' policies: call UseInMemoryStore() for a trial, AddEntityFrameworkStore<TContext>() of TwoFactor.EntityFrameworkCore, or UseOrganizationStore(...).";

    public ValidateOptionsResult Validate(string? name, TwoFactorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var errors = new List<string>();
        if (!ProvisioningLabel.TryValidate(options.Issuer, out var label))
            errors.Add($"Issuer ('{PlainText.Escape(options.Issuer ?? "")}') cannot be shown by authenticator apps: {label}. Set it to the name of your product.");
        Check(errors, "Totp.PeriodSeconds", options.Totp.PeriodSeconds, 10, 300);
        Check(errors, "Totp.ClockHintSteps", options.Totp.ClockHintSteps, 0, 20);
        Check(errors, "Enrollment.SecretLength", options.Enrollment.SecretLength, 16, 64);
        Check(errors, "Enrollment.PendingLifetime", options.Enrollment.PendingLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
        Check(errors, "Enrollment.ProofMaxAge", options.Enrollment.ProofMaxAge, TimeSpan.FromSeconds(10), TimeSpan.FromHours(1));
        Check(errors, "SignIn.ChallengeLifetime", options.SignIn.ChallengeLifetime, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(10));
        if (options.TrustedDevices.Days is { } days) Check(errors, "TrustedDevices.Days", days, 7, 90);
        var parameters = Make(errors, "Totp", options.Totp.ToParameters);
        BackupCodes(errors, options.BackupCodes);
        Lockout(errors, options.Lockout, parameters, Window(errors, options.Totp));
        if (!registered.IsService(typeof(IAccountStore))) errors.Add(MissingStore);
        if (!registered.IsService(typeof(ISecretProtector))) errors.Add(MissingProtector);
        if (registered.IsService(typeof(IMembershipSource)) && !registered.IsService(typeof(IOrganizationStore))) errors.Add(MissingOrganizationStore);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static TotpWindow? Window(List<string> errors, TotpOptions options)
    {
        var inRange = Check(errors, "Totp.PastSteps", options.PastSteps, 0, TotpWindow.Max)
            & Check(errors, "Totp.FutureSteps", options.FutureSteps, 0, TotpWindow.Max);
        return inRange ? new TotpWindow(options.PastSteps, options.FutureSteps) : null;
    }

    private static void BackupCodes(List<string> errors, BackupCodeOptions options)
    {
        var limits = Argon2Limits.Default;
        var inRange = Check(errors, "BackupCodes.MemoryKiB", options.MemoryKiB, limits.MinMemoryKiB, limits.MaxMemoryKiB)
            & Check(errors, "BackupCodes.Iterations", options.Iterations, limits.MinIterations, limits.MaxIterations)
            & Check(errors, "BackupCodes.Parallelism", options.Parallelism, 1, limits.MaxParallelism);
        if (!inRange || Make(errors, "BackupCodes", options.ToSettings) is not { } settings) return;
        if (!settings.TryValidate(out var problem)) errors.Add($"BackupCodes: {problem}");
    }

    private static void Lockout(List<string> errors, LockoutOptions options, TotpParameters? parameters, TotpWindow? window)
    {
        if (!Enum.IsDefined(options.Preset)) errors.Add($"Lockout.Preset is {options.Preset}; use RestartSignIn or AdminUnlock.");
        Check(errors, "Lockout.MaxGuessProbabilityPerYear", options.MaxGuessProbabilityPerYear, double.Epsilon, 1);
        Check(errors, "Lockout.FailuresPerDay", options.FailuresPerDay ?? 0, 0, AttemptLedger.MaxRemembered);
        Check(errors, "Lockout.FailuresPer30Days", options.FailuresPer30Days ?? 0, 0, AttemptLedger.MaxRemembered);
        var policy = options.ToPolicy();
        var faults = LockoutPolicyValidation.Validate(policy);
        // Of a cap only the limit is an option, and the host knows it by the names above.
        errors.AddRange(faults.Where(fault => !fault.StartsWith("RollingCaps", StringComparison.Ordinal)).Select(fault => $"Lockout.{fault}"));
        if (faults.Count > 0 || parameters is null || window is not { } w) return;
        var chance = GuessProbability.PerYear(policy, parameters.Digits, w.Past + w.Future + 1);
        if (chance > options.MaxGuessProbabilityPerYear)
        {
            errors.Add(FormattableString.Invariant(
                $"Lockout lets somebody who knows the password guess a code with a chance of {chance:P2} a year, above MaxGuessProbabilityPerYear ({options.MaxGuessProbabilityPerYear:P2}). Lower FailuresPer30Days or FailuresPerDay, narrow the window (Totp.PastSteps, Totp.FutureSteps), or use more digits."));
        }
    }

    // What the parts check themselves is not written a second time here.
    private static T? Make<T>(List<string> errors, string section, Func<T> make) where T : class
    {
        try
        {
            return make();
        }
        catch (ArgumentException e)
        {
            errors.Add($"{section}: {e.Message}");
            return null;
        }
    }

    private static bool Check<T>(List<string> errors, string name, T value, T min, T max) where T : IComparable<T>
    {
        if (value.CompareTo(min) >= 0 && value.CompareTo(max) <= 0) return true;
        errors.Add(FormattableString.Invariant($"{name} is {value}; it must be from {min} to {max}."));
        return false;
    }
}
