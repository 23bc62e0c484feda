using BenchmarkDotNet.Attributes;
using TwoFactor.Benchmarks.Scenarios;

namespace TwoFactor.Benchmarks.Areas;

/// <summary>A whole sign-in through the service: begin, the right code, two writes with their audit events.</summary>
public class SignInBenchmarks
{
    private readonly TemporaryFolder _folder = new();
    private readonly SemaphoreSlim _writer = new(1, 1);
    private SignInHost _memory = null!, _vectorized = null!, _sqlite = null!;
    private RawSignIn _raw = null!;

    [GlobalSetup]
    public async Task Setup()
    {
        _memory = await SignInHost.CreateAsync();
        _vectorized = await SignInHost.CreateAsync(vectorized: true);
        _sqlite = await SignInHost.CreateAsync(file: _folder.File("accounts.db"));
        _raw = await RawSignIn.CreateAsync(_folder.File("raw.db"), "user-1", _writer, await SavedAccount.OfOneSignInAsync());
    }

    [GlobalCleanup]
    public async Task Cleanup()
    {
        await _memory.DisposeAsync();
        await _vectorized.DisposeAsync();
        await _sqlite.DisposeAsync();
        _raw.Dispose();
        _writer.Dispose();
        _folder.Dispose();
    }

    [Benchmark]
    public ValueTask In_memory() => _memory.SignInAsync();

    [Benchmark]
    public ValueTask In_memory_vectorized() => _vectorized.SignInAsync();

    [Benchmark]
    public ValueTask On_SQLite() => _sqlite.SignInAsync();

    [Benchmark(Baseline = true)]
    public ValueTask Raw_ADO_NET_on_SQLite() => _raw.SignInAsync();
}
