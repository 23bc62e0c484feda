namespace TwoFactor.StoreConformance;

/// <summary>
/// How long the suite runs: short by default, long with the environment variable <c>TWOFACTOR_SOAK=1</c>.
/// </summary>
public static class Soak
{
    /// <summary>The NUnit category of tests that the long run repeats or prolongs; it runs these alone.</summary>
    public const string Category = "Soak";

    /// <summary>The environment variable that asks for the long run when it is <c>1</c>.</summary>
    public const string Variable = "TWOFACTOR_SOAK";

    /// <summary>The environment variable that says how often the long run repeats each race: 1 or more, default 200.</summary>
    public const string RepetitionsVariable = "TWOFACTOR_SOAK_REPETITIONS";

    /// <summary>Whether the long run was asked for.</summary>
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>How often a race is repeated, each time on a fresh store: 1, in the long run 200.</summary>
    public static int Repetitions { get; } = !IsOn ? 1 : int.TryParse(Environment.GetEnvironmentVariable(RepetitionsVariable), out var n) && n > 0 ? n : 200;

    /// <summary>How many callers race.</summary>
    internal const int Callers = 64;
}
