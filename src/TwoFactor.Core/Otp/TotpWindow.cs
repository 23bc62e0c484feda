namespace TwoFactor.Otp;

/// <summary>
/// How far a device's clock may be off: the steps before and after the current one that are also tried (RFC 6238, sections 5.2 and 6).
/// <c>default</c> is the narrowest window: the current step alone.
/// </summary>
public readonly record struct TotpWindow
{
    /// <summary>The most steps allowed in either direction.</summary>
    public const int Max = 10;

    /// <summary>Makes a window.</summary>
    /// <param name="past">Steps before the current one, 0 to 10 inclusive.</param>
    /// <param name="future">Steps after the current one, 0 to 10 inclusive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside 0 to 10.</exception>
    public TotpWindow(int past, int future)
    {
        Past = Check(past, nameof(past));
        Future = Check(future, nameof(future));
    }

    /// <summary>One step each way.</summary>
    public static TotpWindow Default { get; } = new(1, 1);

    /// <summary>Steps before the current one that are tried, 0 to 10.</summary>
    public int Past { get; }

    /// <summary>Steps after the current one that are tried, 0 to 10.</summary>
    public int Future { get; }

    private static int Check(int steps, string name) => steps is >= 0 and <= Max ? steps
        : throw new ArgumentOutOfRangeException(
            name, steps, "A window reaches 0 to 10 steps each way; every further step makes guessing easier.");
}
