using System.Collections.Immutable;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace TwoFactor.StoreConformance.Organizations;

/// <summary>
/// What every feed of audit events must do, alone and under the dispatcher. It uses <see cref="OrganizationHarness.Feed"/> and
/// <see cref="OrganizationHarness.Accounts"/>.
/// </summary>
[Feature("X10")]
public abstract class AuditDeliveryContract : OrganizationFixture
{
    [Test]
    public async Task The_feed_has_every_event_of_every_chain_in_the_order_of_the_writes()
    {
        var written = await WriteAsync(250);
        var (read, position) = (new List<AuditEvent>(), 0L);
        while (await Harness.Feed.ReadAsync(position, 7, default) is { IsEmpty: false } batch)
        {
            Assert.That(batch.Select(entry => entry.Position), Is.Ordered.And.Unique.And.All.GreaterThan(position));
            read.AddRange(batch.Select(entry => entry.Event));
            position = batch[^1].Position;
        }

        Assert.That(read.Select(AuditCursor.Of), Is.EqualTo(written.Select(AuditCursor.Of)));
        await WriteAsync(1, "later");
        Assert.That(await Harness.Feed.ReadAsync(position, 7, default), Has.Length.EqualTo(1), "What is written later comes later.");
        Assert.That(await Harness.Feed.ReadAsync(long.MaxValue, 7, default), Is.Empty);
        Assert.That(await Harness.Feed.ReadAsync(0, 0, default), Is.Empty);
        Assert.That(async () => await Harness.Feed.ReadAsync(-1, 7, default), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    [Category(Soak.Category)]
    public Task The_feed_passes_over_nothing_while_many_write() => RepeatAsync(FeedChecks.The_feed_passes_over_nothing_while_many_write);

    [Test]
    public async Task A_position_is_each_sinks_own_and_never_goes_back()
    {
        Assert.That(await Harness.Feed.LoadPositionAsync("mail", default), Is.Zero);
        foreach (var (saved, expected) in new[] { (5L, 5L), (3, 5), (5, 5), (6, 6), (0, 6), (long.MaxValue, long.MaxValue), (7, long.MaxValue) })
        {
            await Harness.Feed.SavePositionAsync("mail", saved, default);
            Assert.That(await Harness.Feed.LoadPositionAsync("mail", default), Is.EqualTo(expected));
        }

        Assert.That(await Harness.Feed.LoadPositionAsync("Mail", default), Is.Zero);
        Assert.That(await Harness.Feed.LoadPositionAsync("siem", default), Is.Zero);
    }

    [Test]
    public async Task Every_sink_gets_every_event_once_in_order_and_then_only_what_is_new()
    {
        var (mail, siem) = (new Sink("mail"), new Sink("siem"));
        var dispatcher = new AuditDispatcher(Harness.Feed, [mail, siem]);
        var written = await WriteAsync(250);
        var deliveries = await dispatcher.RunAsync();
        Assert.That(deliveries.Select(d => (d.Sink, d.Delivered, d.Fault)), Is.EqualTo(new[] { ("mail", 250, default(Exception)), ("siem", 250, null) }));
        written.AddRange(await WriteAsync(3, "new"));
        await new AuditDispatcher(Harness.Feed, [mail, siem]).RunAsync();
        foreach (var sink in new[] { mail, siem }) Assert.That(sink.Taken.Select(AuditCursor.Of), Is.EqualTo(written.Select(AuditCursor.Of)), sink.Name);
        Assert.That((await dispatcher.RunAsync()).Select(d => d.Delivered), Is.All.Zero);
    }

    [Test]
    public async Task A_sink_that_fails_loses_nothing_and_blocks_nobody()
    {
        var broken = new Sink("broken") { Fault = new IOException("The mail server is away.") };
        var whole = new Sink("whole");
        var dispatcher = new AuditDispatcher(Harness.Feed, [broken, whole]);
        var written = await WriteAsync(150);
        var deliveries = await dispatcher.RunAsync();
        Assert.That(deliveries[0].Fault, Is.SameAs(broken.Fault));
        Assert.That((deliveries[0].Delivered, deliveries[1].Delivered), Is.EqualTo((0, 150)));
        written.AddRange(await WriteAsync(10, "meanwhile"));
        await dispatcher.RunAsync();
        broken.Fault = null;
        Assert.That((await dispatcher.RunAsync()).Select(d => d.Delivered), Is.EqualTo(new[] { 160, 0 }));
        foreach (var sink in new[] { broken, whole }) Assert.That(sink.Taken.Select(AuditCursor.Of), Is.EqualTo(written.Select(AuditCursor.Of)), sink.Name);
    }

    [Test]
    public async Task A_sink_that_never_answers_holds_up_itself_alone_and_ends_with_the_run()
    {
        using var cancellation = new CancellationTokenSource();
        var (stuck, whole) = (new Sink("stuck") { NeverAnswers = true }, new Sink("whole"));
        await WriteAsync(150);
        var run = new AuditDispatcher(Harness.Feed, [stuck, whole]).RunAsync(cancellation.Token).AsTask();
        await whole.Count(150).WaitAsync(TimeSpan.FromMinutes(1));
        await cancellation.CancelAsync();
        Assert.That(async () => await run, Throws.InstanceOf<OperationCanceledException>());

        stuck.NeverAnswers = false;
        Assert.That((await new AuditDispatcher(Harness.Feed, [stuck]).RunAsync()).Single().Delivered, Is.EqualTo(150));
    }

    [Test]
    public async Task After_a_crash_between_delivery_and_remembering_the_events_come_again()
    {
        var sink = new Sink("siem");
        var written = await WriteAsync(120);
        Assert.That(
            async () => await new AuditDispatcher(new CrashingFeed(Harness.Feed), [sink]).RunAsync(), Throws.InstanceOf<IOException>().With.Message.EqualTo("crash"));
        Assert.That(sink.Taken, Has.Count.EqualTo(100), "One batch was delivered.");
        await new AuditDispatcher(Harness.Feed, [sink]).RunAsync();
        Assert.That(sink.Taken.Skip(100).Select(AuditCursor.Of), Is.EqualTo(written.Select(AuditCursor.Of)));
    }

    [Test]
    public void Sinks_need_names_of_their_own()
    {
        Assert.That(() => new AuditDispatcher(Harness.Feed, [new Sink("a"), new Sink("a")]), Throws.ArgumentException.With.Message.Contains("same name"));
        foreach (var name in new[] { "", " a", "a\n", new string('a', 65) })
            Assert.That(() => new AuditDispatcher(Harness.Feed, [new Sink(name)]), Throws.ArgumentException.With.Message.Contains("name of 1 to 64"), name);
    }

    private async Task<List<AuditEvent>> WriteAsync(int count, string name = "one")
    {
        var written = new List<AuditEvent>();
        // Times that go back show that the order is that of the writes.
        for (var i = 0; i < count; i++) written.Add(await Harness.Accounts.WriteEventAsync(new UserId($"user-{i % 3}"), name, Start.AddMilliseconds(count - i)));
        return written;
    }

    private sealed class Sink(string name) : IAuditSink
    {
        private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];

        public string Name => name;

        public Exception? Fault { get; set; }

        public bool NeverAnswers { get; set; }

        public List<AuditEvent> Taken { get; } = [];

        public Task Count(int count)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_waiting)
            {
                if (Taken.Count >= count) return Task.CompletedTask;
                _waiting.Add((count, reached));
            }

            return reached.Task;
        }

        public async ValueTask DeliverAsync(ImmutableArray<AuditEvent> events, CancellationToken cancellationToken)
        {
            if (NeverAnswers) await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            if (Fault is not null) throw Fault;
            lock (_waiting)
            {
                Taken.AddRange(events);
                foreach (var (count, reached) in _waiting)
                {
                    if (Taken.Count >= count) reached.TrySetResult();
                }
            }
        }
    }

    private sealed class CrashingFeed(IAuditFeed feed) : IAuditFeed
    {
        public ValueTask<ImmutableArray<(long Position, AuditEvent Event)>> ReadAsync(long afterPosition, int max, CancellationToken cancellationToken) =>
            feed.ReadAsync(afterPosition, max, cancellationToken);

        public ValueTask<long> LoadPositionAsync(string sink, CancellationToken cancellationToken) => feed.LoadPositionAsync(sink, cancellationToken);

        public ValueTask SavePositionAsync(string sink, long position, CancellationToken cancellationToken) => throw new IOException("crash");
    }
}
