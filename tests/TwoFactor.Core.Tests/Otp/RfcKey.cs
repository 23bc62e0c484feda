namespace TwoFactor.Tests.Otp;

/// <summary>The secret of the RFCs' SHA-1 examples, and facts about its six-digit codes found by trying a million counters.</summary>
internal static class RfcKey
{
    public static ReadOnlySpan<byte> Bytes => "12345678901234567890"u8;

    /// <summary>The first step whose code is also that of the next step, and that code.</summary>
    public const long TwinStep = 910_737;
    public const string TwinCode = "911617";

    public static DateTimeOffset MiddleOf(long step) => DateTimeOffset.FromUnixTimeSeconds(step * 30 + 15);
}
