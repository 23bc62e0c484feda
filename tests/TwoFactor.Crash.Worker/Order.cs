using System.Collections.Immutable;
using System.Globalization;

namespace TwoFactor.Crash;

/// <summary>What a worker is asked to do: a line of fields between tabs, none of which has a tab or a line's end in it.</summary>
/// <param name="Id">The number that the answer repeats.</param>
/// <param name="Verb">Which call.</param>
/// <param name="User">For whom.</param>
/// <param name="At">The time of the call: each user has a clock of his own. To the millisecond.</param>
/// <param name="Arguments">What the call takes besides; see <see cref="Crash.Verb"/>.</param>
public sealed record Order(long Id, Verb Verb, string User, DateTimeOffset At, ImmutableArray<string> Arguments)
{
    public string Write() =>
        string.Join('\t', [Id.ToString(CultureInfo.InvariantCulture), Verb.ToString(), User, At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), .. Arguments]);

    public static Order Read(string line)
    {
        var fields = line.Split('\t');
        return new Order(
            long.Parse(fields[0], CultureInfo.InvariantCulture), Enum.Parse<Verb>(fields[1]), fields[2],
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(fields[3], CultureInfo.InvariantCulture)), [.. fields[4..]]);
    }
}
