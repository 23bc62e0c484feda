using NUnit.Framework;
using TwoFactor.BackupCodes;
using TwoFactor.Testing;

namespace TwoFactor.Tests.BackupCodes;

[Attack(29)]
public class HashGateTests
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(2);

    [Test]
    public async Task Who_comes_when_the_turns_are_taken_waits_for_one()
    {
        var gate = new HashGate(1, 1, s_timeout, new TimerTimeProvider());
        Assert.That(await gate.EnterAsync(default), Is.True);
        var second = gate.EnterAsync(default).AsTask();
        Assert.That(second.IsCompleted, Is.False);

        gate.Exit();

        Assert.That(await second, Is.True);
    }

    [Test]
    public async Task Who_comes_when_the_queue_is_full_is_turned_away_at_once()
    {
        var gate = new HashGate(1, 1, s_timeout, new TimerTimeProvider());
        await gate.EnterAsync(default);
        var second = gate.EnterAsync(default).AsTask();

        Assert.That(await gate.EnterAsync(default), Is.False);

        gate.Exit();
        Assert.That(await second, Is.True);
    }

    [Test]
    public async Task Who_waits_too_long_is_turned_away_and_leaves_his_place()
    {
        var time = new TimerTimeProvider();
        var gate = new HashGate(1, 1, s_timeout, time);
        await gate.EnterAsync(default);
        var second = gate.EnterAsync(default).AsTask();

        time.FireAll();
        Assert.That(await second, Is.False);

        var third = gate.EnterAsync(default).AsTask();
        gate.Exit();
        Assert.That(await third, Is.True);
        Assert.That(time.Started, Is.Zero, "timers are disposed of");
    }

    [Test]
    public async Task Who_cancels_gets_the_exception_and_leaves_his_place()
    {
        var gate = new HashGate(1, 1, s_timeout, new TimerTimeProvider());
        using var cancel = new CancellationTokenSource();
        await gate.EnterAsync(default);
        var second = gate.EnterAsync(cancel.Token).AsTask();

        await cancel.CancelAsync();
        Assert.That(async () => await second, Throws.InstanceOf<OperationCanceledException>());

        var third = gate.EnterAsync(default).AsTask();
        gate.Exit();
        Assert.That(await third, Is.True);
    }

    [TestCase(0, 2)]
    [TestCase(1, 0)]
    public async Task Without_a_queue_or_a_wait_nobody_waits(int queueLimit, int seconds)
    {
        var gate = new HashGate(1, queueLimit, TimeSpan.FromSeconds(seconds), new TimerTimeProvider());
        await gate.EnterAsync(default);

        Assert.That(await gate.EnterAsync(default), Is.False);
    }

    [Test]
    public void Never_more_enter_than_there_are_turns()
    {
        var gate = new HashGate(3, 64, s_timeout, new TimerTimeProvider());
        var (inside, most, entered) = (0, 0, 0);

        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 16 }, _ =>
        {
            if (!gate.EnterAsync(default).AsTask().GetAwaiter().GetResult()) return;
            var now = Interlocked.Increment(ref inside);
            InterlockedMax(ref most, now);
            Interlocked.Increment(ref entered);
            Thread.SpinWait(1000);
            Interlocked.Decrement(ref inside);
            gate.Exit();
        });

        Assert.That((entered, most <= 3), Is.EqualTo((64, true)), $"at most {most} at a time");

        static void InterlockedMax(ref int target, int value)
        {
            for (var seen = target; seen < value && Interlocked.CompareExchange(ref target, value, seen) != seen; seen = target)
            {
            }
        }
    }
}
