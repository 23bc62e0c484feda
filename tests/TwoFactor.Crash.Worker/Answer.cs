using System.Collections.Immutable;
using System.Globalization;

namespace TwoFactor.Crash;

/// <summary>
/// What a worker says once a call has returned: a line like an <see cref="Order"/>.
/// </summary>
/// <param name="Id">The order's number.</param>
/// <param name="Kind">The case of the result, of a refusal its own: <c>SignedIn</c>, <c>Wrong</c>, <c>LockedOut</c>; <see cref="Fault"/> for an exception.</param>
/// <param name="Values">What it holds.</param>
public sealed record Answer(long Id, string Kind, ImmutableArray<string> Values)
{
    /// <summary>The database failed: nothing was granted, and what was written is not known.</summary>
    public const string Fault = "Fault";

    /// <summary>So many bytes a pipe takes at once or not at all (POSIX: PIPE_BUF), so that no death cuts a line in two; ten backup codes and a proof have 700.</summary>
    public const int LongestLine = 4096;

    public string Write() => string.Join('\t', [Id.ToString(CultureInfo.InvariantCulture), Kind, .. Values]);

    public static Answer Read(string line)
    {
        var fields = line.Split('\t');
        return new Answer(long.Parse(fields[0], CultureInfo.InvariantCulture), fields[1], [.. fields[2..]]);
    }
}
