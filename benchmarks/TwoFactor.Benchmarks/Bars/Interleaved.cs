using System.Diagnostics;

namespace TwoFactor.Benchmarks.Bars;

/// <summary>
/// Times several pieces of work in turns of a few milliseconds, so that whatever else the machine does falls on all of them alike. Only
/// ratios within one run mean anything.
/// </summary>
internal sealed class Interleaved(int runs, int rounds, TimeSpan turn)
{
    /// <summary>How often everything is repeated; the median of the runs is reported.</summary>
    public int Runs => runs;

    /// <summary>
    /// For each piece of work the median over the runs of its time as a multiple of the first one's: in each run the median over the
    /// rounds, in each round the ratio of two neighbouring turns.
    /// </summary>
    public Timings Measure(params Action[] work)
    {
        var repeats = Array.ConvertAll(work, Calibrate);
        var ratios = Array.ConvertAll(work, _ => new double[runs]);
        var nanoseconds = Array.ConvertAll(work, _ => new double[runs]);
        for (var run = 0; run < runs; run++)
        {
            var times = Array.ConvertAll(work, _ => new double[rounds]);
            for (var round = 0; round < rounds; round++)
            {
                for (var i = 0; i < work.Length; i++) times[i][round] = Time(work[i], repeats[i]);
            }

            for (var i = 0; i < work.Length; i++)
            {
                ratios[i][run] = Median(times[i].Zip(times[0], (time, floor) => time / floor));
                nanoseconds[i][run] = Median(times[i]);
            }
        }

        return new Timings(Array.ConvertAll(ratios, Median), Array.ConvertAll(nanoseconds, Median));
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Warms up until the compiler is done with it, and finds how many calls fill a turn.</summary>
    private int Calibrate(Action work)
    {
        var warm = Stopwatch.GetTimestamp();
        var calls = 0;
        while (Stopwatch.GetElapsedTime(warm) < TimeSpan.FromMilliseconds(400) || calls < 2)
        {
            work();
            calls++;
        }

        return Math.Max(1, (int)(turn.TotalNanoseconds / Time(work, Math.Max(1, calls / 4))));
    }

    private static double Time(Action work, int repeats)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < repeats; i++) work();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / repeats;
    }
}

/// <summary>What <see cref="Interleaved"/> found, by the order of the work.</summary>
/// <param name="Ratios">Times as multiples of the first one's.</param>
/// <param name="Nanoseconds">Times.</param>
internal sealed record Timings(double[] Ratios, double[] Nanoseconds)
{
    /// <summary>Both times, for a note.</summary>
    public string Note(int work) => FormattableString.Invariant($"{Nanoseconds[work]:0} ns, floor {Nanoseconds[0]:0} ns");
}
