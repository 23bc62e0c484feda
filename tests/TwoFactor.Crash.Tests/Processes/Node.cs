using System.Collections.Concurrent;
using System.Diagnostics;
using NUnit.Framework;

namespace TwoFactor.Crash.Tests.Processes;

/// <summary>A worker process, as those see it who send it orders.</summary>
internal sealed class Node : INode, IAsyncDisposable
{
    // 128 and the number of the signal.
    private const int Killed = 137;

    // A worker that hangs fails its test instead of holding up the run.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<long, TaskCompletionSource<Answer?>> _waiting = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly Task _reading;
    private volatile bool _isDead;
    private (int Left, TaskCompletionSource Enough)? _counted;

    private Node(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Ends when the process has died and everything that it said was read.</summary>
    public Task Death => _reading;

    /// <summary>Starts a process, which makes itself ready on a database for that; it opens its own when it is told to.</summary>
    public static Node Start(Setup warmUp)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Order).Assembly.Location]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        var node = new Node(Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start."));
        node.Send(warmUp.Write());
        return node;
    }

    /// <summary>Opens the database.</summary>
    public Task OpenAsync(Setup setup)
    {
        Send(setup.Write());
        return _ready.Task.WaitAsync(Patience);
    }

    /// <inheritdoc/>
    public Task<Answer?> AskAsync(Order order)
    {
        var answer = new TaskCompletionSource<Answer?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[order.Id] = answer;
        // Whoever comes after the last line was read is nobody's to answer.
        if (_isDead || !Send(order.Write())) Abandon(order.Id);
        return answer.Task.WaitAsync(Patience);
    }

    /// <summary>Ends once the process has given so many more answers, or has died.</summary>
    public Task AnswersAsync(int count)
    {
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waiting) _counted = (count, enough);
        return Task.WhenAny(enough.Task, Death);
    }

    /// <summary>Kills the process, as <c>kill -9</c> does.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits for the end of the process, and fails the test unless it was killed.</summary>
    public async Task ExpectKilledAsync()
    {
        await Death;
        await _process.WaitForExitAsync();
        Assert.That((_process.ExitCode, await _error), Is.EqualTo((Killed, "")), "The worker ended by itself.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _reading;
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private bool Send(string line)
    {
        try
        {
            // Lines of several clients are not to be mixed.
            lock (_waiting)
            {
                _process.StandardInput.WriteLine(line);
                _process.StandardInput.Flush();
            }

            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == Program.Ready)
            {
                _ready.TrySetResult();
                continue;
            }

            var answer = Answer.Read(line);
            if (_waiting.TryRemove(answer.Id, out var waiting)) waiting.SetResult(answer);
            Count();
        }

        _isDead = true;
        foreach (var id in _waiting.Keys) Abandon(id);
        _ready.TrySetException(new InvalidOperationException($"The worker died before it was ready: {await _error}"));
    }

    private void Count()
    {
        lock (_waiting)
        {
            if (_counted is not var (left, enough)) return;
            _counted = left > 1 ? (left - 1, enough) : null;
            if (left <= 1) enough.SetResult();
        }
    }

    private void Abandon(long id)
    {
        if (_waiting.TryRemove(id, out var waiting)) waiting.SetResult(null);
    }
}
