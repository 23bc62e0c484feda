using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TwoFactor.Otp;

namespace TwoFactor.Benchmarks.Bars;

/// <summary>
/// <c>bars [otp] [text] [argon2] [memory] [signin] [postgresql] [growth]</c>: prints a <c>ratio</c> line for every bar of the performance
/// table and names those that are missed. The exit code is 1 when there are any. Pages and simulations at scale are measured by <c>eng/TwoFactor.Scale</c>.
/// </summary>
internal static class BarsCommand
{
    public static async Task<int> RunAsync(string[] groups)
    {
        Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}");
        var bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        Console.WriteLine(
            $"{Environment.ProcessorCount} processors, vectors of {bits} bits, "
            + $"vectorised HMAC {(VectorizedHmac.IsAvailable ? "available" : "not available")}, load {LoadAverage()}");
        List<Bar> missed = [];
        var fast = new Interleaved(runs: 3, rounds: 60, TimeSpan.FromMilliseconds(2));
        if (Wanted("otp")) Print(OtpBars.Measure(fast));
        if (Wanted("text")) Print(TextBars.Measure(fast));
        if (Wanted("argon2")) Print(Argon2Bars.Measure(new Interleaved(runs: 3, rounds: 9, TimeSpan.FromMilliseconds(1))));
        if (groups.Contains("memory")) Print(await MemoryBars.MeasureAsync());
        if (Wanted("signin")) Print(await SignInBars.MeasureAsync(runs: 3, TimeSpan.FromSeconds(2)));
        if (Wanted("postgresql")) Print(await SignInBars.MeasurePostgreSqlAsync(runs: 3, TimeSpan.FromSeconds(2)));
        if (Wanted("growth")) Print([await GrowthBars.MeasureSqliteAsync(runs: 3, TimeSpan.FromSeconds(4))]);
        if (Wanted("growth")) Print([await GrowthBars.MeasurePostgreSqlAsync(runs: 3, TimeSpan.FromSeconds(4))]);
        Console.WriteLine(missed.Count == 0 ? "No bar missed." : $"Missed: {string.Join(", ", missed.Select(bar => bar.Name))}");
        return missed.Count == 0 ? 0 : 1;

        bool Wanted(string group) => groups.Length == 0 || groups.Contains(group);

        void Print(IEnumerable<Bar> bars)
        {
            foreach (var bar in bars)
            {
                Console.WriteLine(bar);
                if (bar.Missed) missed.Add(bar);
            }
        }
    }

    private static string LoadAverage() =>
        OperatingSystem.IsLinux() && File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : "unknown";
}
