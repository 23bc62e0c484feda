using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Sample.Web.Tests.Hosting;

namespace TwoFactor.Sample.Web.Tests;

/// <summary>The program as a newcomer starts it: a process of its own.</summary>
public sealed partial class ProgramTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Test]
    public async Task It_prints_its_address_and_the_demo_accounts_and_answers_there()
    {
        var (address, printed) = await StartAsync("--urls", "http://127.0.0.1:0");
        Assert.That(printed, Does.Contain("127.0.0.1"));
        foreach (var account in DemoAccounts.All) Assert.That(printed, Does.Contain(account.Email).And.Contain(account.Password));
        Assert.That(address.Port, Is.Not.EqualTo(5080));
    }

    [Test]
    public async Task Without_urls_it_takes_port_5080_or_the_next_that_is_free()
    {
        // Whoever has 5080 now, it is taken.
        using var occupant = new TcpListener(IPAddress.Loopback, 5080);
        try
        {
            occupant.Start();
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            TestContext.Out.WriteLine("Port 5080 is taken by somebody else, which serves as well.");
        }

        var (address, _) = await StartAsync();
        Assert.That(address.Host, Is.EqualTo("localhost"));
        Assert.That(address.Port, Is.InRange(5081, 5179));
    }

    private static async Task<(Uri Address, string Printed)> StartAsync(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var program = Path.ChangeExtension(typeof(DemoAccounts).Assembly.Location, ".dll");
        var start = new ProcessStartInfo("dotnet", [program, $"--Sample:DataFolder={folder.Path}", .. arguments]) { RedirectStandardOutput = true };
        start.Environment.Remove("ASPNETCORE_URLS");
        // As "dotnet run" does by launchSettings.json.
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The sample did not start.");
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            var printed = new List<string>();
            while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                printed.Add(line);
                if (line.StartsWith("Press Ctrl+C", StringComparison.Ordinal)) break;
            }

            var text = string.Join('\n', printed);
            var address = new Uri(Address().Match(text).Value);
            using var client = new HttpClient();
            Assert.That(await client.GetStringAsync(new Uri(address, "/account/sign-in"), patience.Token), Does.Contain("<h1>Sign in</h1>"));
            return (address, text);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    [GeneratedRegex("http://[^ \n]+")]
    private static partial Regex Address();
}
