namespace TwoFactor.Otp;

/// <summary>What an HOTP verification found. The default value is a failure.</summary>
public enum HotpOutcome
{
    /// <summary>The text is no code of the right number of ASCII digits. No candidate was computed.</summary>
    Malformed = 0,

    /// <summary>No counter within reach has this code. Codes of earlier counters are never looked at.</summary>
    Mismatch = 1,

    /// <summary>The code is right: store <see cref="HotpVerification.NextCounter"/> before letting the user in.</summary>
    Valid = 2,
}
