using System.Globalization;

namespace TwoFactor.Benchmarks.Bars;

/// <summary>One line of the performance table: a measured value and what it must not exceed, or must reach.</summary>
/// <param name="Name">Names it in the output and when it is missed.</param>
/// <param name="Value">The measured value; null when it was not measured here.</param>
/// <param name="Limit">The bar.</param>
/// <param name="Reach">True when the value must reach the bar, false when it must not exceed it.</param>
/// <param name="Note">The figures behind a ratio, or why there is none.</param>
internal sealed record Bar(string Name, double? Value, double Limit, bool Reach, string Note)
{
    /// <summary>A value that must not exceed the bar.</summary>
    public static Bar AtMost(string name, double value, double limit, string note = "") => new(name, value, limit, false, note);

    /// <summary>A value that must reach the bar.</summary>
    public static Bar AtLeast(string name, double value, double limit, string note = "") => new(name, value, limit, true, note);

    /// <summary>A bar that cannot be measured here, and why.</summary>
    public static Bar Unmeasured(string name, double limit, bool reach, string why) => new(name, null, limit, reach, why);

    public bool Missed => Value is { } value && (Reach ? value < Limit : value > Limit);

    /// <summary><c>ratio NAME VALUE bar LIMIT pass|miss|unmeasured</c>, then the note.</summary>
    public override string ToString()
    {
        var value = Value?.ToString("0.###", CultureInfo.InvariantCulture) ?? "-";
        var verdict = Value is null ? "unmeasured" : Missed ? "miss" : "pass";
        var line = string.Create(CultureInfo.InvariantCulture, $"ratio {Name} {value} bar {(Reach ? ">=" : "<=")}{Limit:0.###} {verdict}");
        return Note.Length == 0 ? line : $"{line}  # {Note}";
    }
}
