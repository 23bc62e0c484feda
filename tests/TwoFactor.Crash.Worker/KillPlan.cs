using System.Diagnostics;
using System.Security.Cryptography;
using TwoFactor.EntityFrameworkCore.Tests.Faults;

namespace TwoFactor.Crash;

/// <summary>Kills this process at a step, as <c>kill -9</c> does: nothing is written, closed or rolled back any more.</summary>
internal sealed class KillPlan(KillPoint? point) : FaultPlan
{
    private const int LongestDelayInMicroseconds = 1500;
    private int _left;

    /// <summary>Counts from now on.</summary>
    public void Arm() => Volatile.Write(ref _left, point?.Passage ?? 0);

    public override void Step(string name)
    {
        if (name != point?.Step || Interlocked.Decrement(ref _left) != 0) return;
        if (point.During) new Thread(DieSoon).Start();
        else Die();
    }

    private static void DieSoon()
    {
        var (start, delay) = (Stopwatch.GetTimestamp(), TimeSpan.FromMicroseconds(RandomNumberGenerator.GetInt32(LongestDelayInMicroseconds)));
        while (Stopwatch.GetElapsedTime(start) < delay) Thread.SpinWait(10);
        Die();
    }

    private static void Die()
    {
        using var me = Process.GetCurrentProcess();
        me.Kill();
        // The signal may take a moment, in which nothing more is to happen here.
        using var never = new ManualResetEventSlim();
        never.Wait();
    }
}
