using TwoFactor.Administration;
using TwoFactor.BackupCodes;
using TwoFactor.Cryptography;
using TwoFactor.Enrollment;
using TwoFactor.Otp;
using TwoFactor.SignIn;
using TwoFactor.TrustedDevices;
using TwoFactor.Verification;

namespace TwoFactor;

/// <summary>
/// The settings of <c>AddTwoFactor</c>. Every member can be bound from configuration. They are validated when the host starts, or at
/// first use without a host, and have no effect when changed later.
/// </summary>
public sealed class TwoFactorOptions
{
    /// <summary>What authenticator apps show as the issuer: the product or company. Required; no colon, control or bidi character.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>Codes of authenticator apps.</summary>
    public TotpOptions Totp { get; } = new();

    /// <summary>Setting up and removing authenticators.</summary>
    public EnrollmentOptions Enrollment { get; } = new();

    /// <summary>Sign-in attempts.</summary>
    public SignInOptions SignIn { get; } = new();

    /// <summary>Wrong answers.</summary>
    public LockoutOptions Lockout { get; } = new();

    /// <summary>Backup codes.</summary>
    public BackupCodeOptions BackupCodes { get; } = new();

    /// <summary>Trusted devices of users who belong to no organisation; for members their organisations' policies say.</summary>
    public TrustedDeviceOptions TrustedDevices { get; } = new();

    /// <summary>What is asked of administrators besides the authorizer's word.</summary>
    public AdministrationOptions Administration { get; } = new();
}

/// <summary>Codes of authenticator apps. The defaults are what every app honours.</summary>
public sealed class TotpOptions
{
    /// <summary>The hash function of new authenticators. Default SHA-1 (RFC 6238, 1.2).</summary>
    public OtpAlgorithm Algorithm { get; set; } = OtpAlgorithm.Sha1;

    /// <summary>Digits of a code. 6 to 8; default 6.</summary>
    public int Digits { get; set; } = 6;

    /// <summary>Seconds a code lasts. 10 to 300; default 30.</summary>
    public int PeriodSeconds { get; set; } = 30;

    /// <summary>Accepted steps before the current one. 0 to 10; default 1.</summary>
    public int PastSteps { get; set; } = 1;

    /// <summary>Accepted steps after the current one. 0 to 10; default 1.</summary>
    public int FutureSteps { get; set; } = 1;

    /// <summary>Steps beyond the window that a wrong code is compared with for a clock hint. 0 (no hints) to 20; default 10.</summary>
    public int ClockHintSteps { get; set; } = 10;

    /// <summary>
    /// True to compute the HMACs of codes by vectors instead of by the platform's cryptography: many times faster, but outside of any
    /// validated module (FIPS 140-3). Default false. Without suitable hardware, or with the <see cref="AppContext"/> switch
    /// <c>TwoFactor.DisableVectorizedHmac</c>, it changes nothing.
    /// </summary>
    public bool UseVectorizedHmac { get; set; }

    internal TotpParameters ToParameters() => new() { Algorithm = Algorithm, Digits = Digits, PeriodSeconds = PeriodSeconds };

    internal VerificationPolicy ToPolicy() => new()
    {
        Window = new TotpWindow(PastSteps, FutureSteps),
        ClockHintSteps = ClockHintSteps,
        Engine = UseVectorizedHmac ? HmacEngine.Vectorized : HmacEngine.Platform,
    };
}

/// <summary>Setting up and removing authenticators.</summary>
public sealed class EnrollmentOptions
{
    /// <summary>Bytes of a new seed. 16 to 64; default 20 (RFC 4226, 4).</summary>
    public int SecretLength { get; set; } = 20;

    /// <summary>How long a new authenticator waits for its first code. 1 minute to 1 hour; default 10 minutes.</summary>
    public TimeSpan PendingLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How old a proof may be for replacing, unregistering and regenerating. 10 seconds to 1 hour; default 10 minutes.</summary>
    public TimeSpan ProofMaxAge { get; set; } = TimeSpan.FromMinutes(10);

    internal EnrollmentPolicy ToPolicy(string issuer, TotpParameters parameters) => new()
    {
        Issuer = issuer,
        Parameters = parameters,
        SecretLength = SecretLength,
        PendingLifetime = PendingLifetime,
        ProofMaxAge = ProofMaxAge,
    };
}

/// <summary>Sign-in attempts.</summary>
public sealed class SignInOptions
{
    /// <summary>How long a sign-in waits for its code. 30 seconds to 10 minutes; default 5 minutes.</summary>
    public TimeSpan ChallengeLifetime { get; set; } = TimeSpan.FromMinutes(5);

    internal SignInPolicy ToPolicy() => new() { ChallengeLifetime = ChallengeLifetime };
}

/// <summary>Backup codes.</summary>
public sealed class BackupCodeOptions
{
    /// <summary>How many codes a user gets. 1 to 32; default 10.</summary>
    public int Count { get; set; } = 10;

    /// <summary>Memory of Argon2id in KiB. 7,168 to 65,536; default 19,456 (19 MiB).</summary>
    public int MemoryKiB { get; set; } = 19456;

    /// <summary>Passes of Argon2id. 1 to 16; default 2.</summary>
    public int Iterations { get; set; } = 2;

    /// <summary>Lanes of Argon2id. 1 to 16; default 1.</summary>
    public int Parallelism { get; set; } = 1;

    /// <summary>How many hashes run at once. 1 to 256; default the smaller of the number of processors and 4.</summary>
    public int MaxConcurrentHashes { get; set; } = Math.Min(Environment.ProcessorCount, 4);

    /// <summary>How many calls may wait for their turn. 0 to 65,536; default 64.</summary>
    public int QueueLimit { get; set; } = 64;

    /// <summary>How long a call waits for its turn. 0 to 1 minute; default 2 seconds.</summary>
    public TimeSpan QueueTimeout { get; set; } = TimeSpan.FromSeconds(2);

    internal BackupCodeSettings ToSettings() => new()
    {
        Count = Count,
        Parameters = new Argon2Parameters { MemoryKiB = MemoryKiB, Iterations = Iterations, Parallelism = Parallelism },
        MaxConcurrentHashes = MaxConcurrentHashes,
        QueueLimit = QueueLimit,
        QueueTimeout = QueueTimeout,
    };
}

/// <summary>Trusted devices of users who belong to no organisation.</summary>
public sealed class TrustedDeviceOptions
{
    /// <summary>
    /// How many days a device may be trusted. 7 to 90; null (the default) for not at all. While it is off no device is trusted; one that does not sign in
    /// meanwhile is trusted again, within its days, once it is on again.
    /// </summary>
    public int? Days { get; set; }

    internal TrustPolicy ToPolicy() => new(Days, null);
}

/// <summary>What is asked of administrators besides the authorizer's word.</summary>
public sealed class AdministrationOptions
{
    /// <summary>True (the default) when an administrator must have an authenticator to act on users.</summary>
    public bool RequireOwnSecondFactor { get; set; } = true;

    /// <summary>
    /// True when an administrator of one organisation may reset or unregister a user whom other organisations share. Default false.
    /// </summary>
    public bool AllowResetOfSharedUsers { get; set; }

    internal AdministrationPolicy ToPolicy() => new() { RequireOwnSecondFactor = RequireOwnSecondFactor, AllowResetOfSharedUsers = AllowResetOfSharedUsers };
}
