using System.Diagnostics;
using NUnit.Framework;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Otp.Vectorized;

/// <summary>Runs the tests of the engine and of Argon2id's kernels once more in a process without hardware intrinsics.</summary>
[TestFixture]
[Feature("E1")]
public sealed class NoIntrinsicsTests
{
    /// <summary>The tests that hold with and without vectors.</summary>
    public const string Category = "WithAndWithoutIntrinsics";

    /// <summary>The runtime's variable: 0 turns every hardware intrinsic off.</summary>
    public const string Variable = "DOTNET_EnableHWIntrinsic";

    [Test]
    [Feature("E6")]
    public async Task Without_hardware_intrinsics_the_platform_computes_and_every_answer_is_the_same()
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { "test", typeof(NoIntrinsicsTests).Assembly.Location, "--filter", $"TestCategory={Category}" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [Variable] = "0" },
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        // Exit code 0 is also what a filter that matches nothing gives.
        Assert.That(process.ExitCode, Is.Zero, output + await error);
        Assert.That(output, Does.Match(@"Passed!\s+- Failed:\s+0, Passed:\s+[1-9]\d+, Skipped:\s+0"), output);
    }
}
