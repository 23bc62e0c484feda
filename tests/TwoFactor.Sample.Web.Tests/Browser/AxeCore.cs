using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;
using TwoFactor.Testing;

namespace TwoFactor.Sample.Web.Tests.Browser;

/// <summary>
/// The accessibility checker axe-core (npm package, MPL-2.0), of one version, installed once into <c>artifacts/tools</c>. Where it cannot be had the
/// test is skipped by name, and fails with <c>CI=true</c>.
/// </summary>
public static class AxeCore
{
    private const string Version = "4.14.1";
    private static readonly Lazy<string?> s_source = new(Load);

    public static bool IsThere => s_source.Value is not null;

    public static void Require()
    {
        if (IsThere) return;
        ExternalTool.Require("npm");
        const string Message = $"This test needs the npm package axe-core {Version}, and 'npm install' did not bring it.";
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)) Assert.Fail(Message);
        Assert.Ignore(Message);
    }

    /// <summary>What it finds on a page of impact serious or critical, as <c>rule: where</c>.</summary>
    public static async Task<string[]> FindAsync(IPage page)
    {
        if (s_source.Value is not { } source) return [];
        // Through the debugger, which the Content-Security-Policy of the page does not bind.
        if (!await page.EvaluateAsync<bool>("typeof axe === 'object'")) await page.EvaluateAsync(source + "; undefined");
        return await page.EvaluateAsync<string[]>(
            """
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
              .filter(violation => ['serious', 'critical'].includes(violation.impact))
              .flatMap(violation => violation.nodes.map(node => `${violation.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`.replace(/\s+/g, ' ')))
            """);
    }

    private static string? Load()
    {
        var folder = Path.Combine(Repository.Root, "artifacts", "tools", $"axe-core-{Version}");
        var package = Path.Combine(folder, "node_modules", "axe-core");
        if (!IsWhole(package) && !Install(folder)) return null;
        return IsWhole(package) ? File.ReadAllText(Path.Combine(package, "axe.min.js")) : null;
    }

    private static bool IsWhole(string package)
    {
        var manifest = Path.Combine(package, "package.json");
        if (!File.Exists(manifest) || !File.Exists(Path.Combine(package, "axe.min.js"))) return false;
        using var json = JsonDocument.Parse(File.ReadAllText(manifest));
        return json.RootElement.GetProperty("version").GetString() == Version;
    }

    private static bool Install(string folder)
    {
        if (ExternalTool.Find("npm") is not { } npm) return false;
        Directory.CreateDirectory(folder);
        var start = new ProcessStartInfo(npm, ["install", "--prefix", folder, "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", $"axe-core@{Version}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("npm did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) TestContext.Out.WriteLine($"npm: {output.Result}{error}");
        return process.ExitCode == 0;
    }
}
