namespace TwoFactor.Otp;

/// <summary>
/// What a TOTP enrolment fixes besides its secret (RFC 6238, section 4). Immutable; every value is checked when it is set.
/// </summary>
public sealed record TotpParameters
{
    /// <summary>SHA-1, 6 digits, 30 seconds, counted from the Unix epoch: what every authenticator app honours.</summary>
    public static TotpParameters Default { get; } = new();

    /// <summary>The hash. Default <see cref="OtpAlgorithm.Sha1"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value that the enumeration does not define.</exception>
    public OtpAlgorithm Algorithm
    {
        get;
        init => field = OtpGuard.Algorithm(value, nameof(Algorithm));
    } = OtpAlgorithm.Sha1;

    /// <summary>Digits of a code, 6 to 8 inclusive. Default 6 (RFC 4226, section 5.3: at least 6).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than 6 or more than 8.</exception>
    public int Digits
    {
        get;
        init => field = OtpGuard.Digits(value, nameof(Digits));
    } = 6;

    /// <summary>Length of a time step in seconds, 1 or more. Default 30 (X in RFC 6238, section 4.1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than 1.</exception>
    public int PeriodSeconds
    {
        get;
        init => field = value >= 1 ? value
            : throw new ArgumentOutOfRangeException(nameof(PeriodSeconds), value, "A period is at least 1 second; authenticator apps use 30.");
    } = 30;

    /// <summary>Unix time in seconds at which step 0 begins, 0 or more. Default 0 (T0 in RFC 6238, section 4.1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number.</exception>
    public long T0
    {
        get;
        init => field = value >= 0 ? value
            : throw new ArgumentOutOfRangeException(nameof(T0), value, "T0 is a Unix time in seconds, 0 or more; authenticator apps use 0.");
    }
}
