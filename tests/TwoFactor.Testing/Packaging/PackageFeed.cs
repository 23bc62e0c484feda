using System.Diagnostics;
using System.Security.Cryptography;
using NUnit.Framework;

namespace TwoFactor.Testing.Packaging;

/// <summary>Packages as somebody gets them, packed into a folder of their own, and projects beside them that use nothing else of this repository.</summary>
public sealed class PackageFeed : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("twofactor-packages-");

    /// <summary>Packs projects of <c>src</c>.</summary>
    public PackageFeed(string repository, params IEnumerable<string> projects)
    {
        foreach (var project in projects)
        {
            Run(repository, "dotnet", "pack", Path.Combine(repository, "src", project), "--configuration", "Release", "--output", Folder,
                $"-p:Version={Version}", "-p:IncludeSymbols=false", $"-p:ArtifactsPath={Path.Combine(_folder.FullName, "artifacts")}");
        }
    }

    /// <summary>A version of its own, so that no cache answers with an earlier package.</summary>
    public string Version { get; } = $"0.0.1-test.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";

    /// <summary>Where the packages are.</summary>
    public string Folder => Path.Combine(_folder.FullName, "feed");

    /// <summary>The path of a package.</summary>
    public string PathOf(string package) => Path.Combine(Folder, $"{package}.{Version}.nupkg");

    /// <summary>An empty folder whose projects restore these packages, too, and keep what they restore to themselves.</summary>
    public DirectoryInfo NewFolder(string name)
    {
        var folder = _folder.CreateSubdirectory(name);
        File.WriteAllText(Path.Combine(folder.FullName, "Directory.Build.props"), $"""
            <Project>
              <PropertyGroup>
                <RestoreAdditionalProjectSources>{Folder}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{Path.Combine(_folder.FullName, "restored")}</RestorePackagesPath>
              </PropertyGroup>
            </Project>
            """);
        return folder;
    }

    /// <summary>Runs a program to its end, and fails with what it printed unless it succeeds.</summary>
    public static string Run(string folder, string program, params string[] arguments)
    {
        using var process = Start(folder, program, arguments);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, () => $"{program} {string.Join(' ', arguments)}\n{output}\n{error.Result}");
        return output;
    }

    /// <summary>Starts a program whose streams the caller reads and writes.</summary>
    public static Process Start(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the test runner sets for its own SDK is not for a project of its own.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    /// <summary>Deletes everything.</summary>
    public void Dispose() => _folder.Delete(recursive: true);
}
