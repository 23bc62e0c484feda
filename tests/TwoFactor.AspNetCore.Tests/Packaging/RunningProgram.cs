using System.Diagnostics;
using System.Text.RegularExpressions;
using NUnit.Framework;
using TwoFactor.AspNetCore.Tests.Support;
using TwoFactor.Testing.Packaging;

namespace TwoFactor.AspNetCore.Tests.Packaging;

/// <summary>A web application in a process of its own, on a free port of the loopback.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _client;

    private RunningProgram(Process process, HttpClient client) => (_process, _client) = (process, client);

    public static async Task<RunningProgram> StartAsync(string program, string folder)
    {
        var process = PackageFeed.Start(folder, "dotnet", program, "--urls", "http://127.0.0.1:0", "--environment", "Development");
        var error = process.StandardError.ReadToEndAsync();
        var printed = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            printed.Add(line);
            if (Regex.Match(line, "Now listening on: (http://\\S+)") is not { Success: true } match) continue;
            // From here on it is only read so that the program is not held up.
            _ = process.StandardOutput.ReadToEndAsync();
            var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false };
            return new RunningProgram(process, new HttpClient(handler) { BaseAddress = new Uri(match.Groups[1].Value) });
        }

        throw new AssertionException($"The program ended.\n{string.Join('\n', printed)}\n{await error}");
    }

    public Browser NewBrowser() => new(_client);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
