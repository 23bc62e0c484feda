namespace TwoFactor.AspNetCore.Sessions;

/// <summary>Times in cookies, as Unix milliseconds.</summary>
internal static class Moments
{
    private static readonly long s_min = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long s_max = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>False for a number that is no time.</summary>
    public static bool TryRead(long milliseconds, out DateTimeOffset moment)
    {
        var valid = milliseconds >= s_min && milliseconds <= s_max;
        moment = valid ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : default;
        return valid;
    }
}
