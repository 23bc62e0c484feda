using System.Diagnostics;
using NUnit.Framework;

namespace TwoFactor.Testing;

/// <summary>A program outside .NET that serves as an independent check: <c>oathtool</c>, <c>argon2</c>, <c>zbarimg</c>, Chromium, PostgreSQL.</summary>
public static class ExternalTool
{
    /// <summary>
    /// Chromium without the window around its pages, which nobody sees here and which takes as long as the pages; with it where Debian's package
    /// without is not installed.
    /// </summary>
    public static string Chromium { get; } = Find("chromium-headless-shell") is null && Find("chromium") is not null ? "chromium" : "chromium-headless-shell";

    /// <summary>
    /// Skips the running test, naming the program, when the machine lacks it. With <c>CI=true</c> the test fails instead, so that
    /// a machine that lost a program cannot pass by doing less.
    /// </summary>
    public static void Require(string program) => Require(program, Find(program) is not null);

    internal static void Require(string program, bool found)
    {
        if (found) return;
        var message = $"This test needs '{program}', which is not installed. eng/test.sh installs it on Debian as root.";
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)) Assert.Fail(message);
        Assert.Ignore(message);
    }

    /// <summary>The full path of <paramref name="program"/> on PATH, or null.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    /// <summary>Runs the program to its end and returns what it printed; a non-zero exit fails the test.</summary>
    public static string Run(string program, IEnumerable<string> arguments, string? standardInput = null)
    {
        Require(program);
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"'{program}' did not start.");
        var error = process.StandardError.ReadToEndAsync();
        if (standardInput is not null) process.StandardInput.Write(standardInput);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, () => $"{program} failed: {error.Result}");
        return output;
    }
}
