namespace TwoFactor.Otp;

/// <summary>What a TOTP verification found. The default value is a failure.</summary>
public enum TotpOutcome
{
    /// <summary>The text is no code of the right number of ASCII digits. No candidate was computed.</summary>
    Malformed = 0,

    /// <summary>No step of the window has this code.</summary>
    Mismatch = 1,

    /// <summary>
    /// The code is right, but only for steps at or before the last accepted one: refuse it, and do not charge it as a guess.
    /// </summary>
    Replayed = 2,

    /// <summary>The code is right for a step later than the last accepted one.</summary>
    Valid = 3,
}
