namespace TwoFactor.Crash.Tests;

/// <summary>How much was tried, acknowledged and checked.</summary>
/// <param name="Attempts">Orders that were sent.</param>
/// <param name="Acknowledged">Answers that came.</param>
/// <param name="Histories">How often the history of a user was compared with the database.</param>
internal readonly record struct Tally(long Attempts, long Acknowledged, long Histories)
{
    public static Tally operator +(Tally a, Tally b) => new(a.Attempts + b.Attempts, a.Acknowledged + b.Acknowledged, a.Histories + b.Histories);

    /// <summary>Lines that eng/soak.sh adds up.</summary>
    public void Report(TextWriter output)
    {
        output.WriteLine($"attempts made: {Attempts}");
        output.WriteLine($"answers acknowledged: {Acknowledged}");
        output.WriteLine($"histories checked: {Histories}");
    }

    public override string ToString() => $"{Attempts} attempts, {Acknowledged} acknowledged, {Histories} histories checked";
}
