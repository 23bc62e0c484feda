using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NUnit.Framework;
using TwoFactor.StoreConformance.Storage;

namespace TwoFactor.StoreConformance.Tests.Packaging;

/// <summary>The package as an author of a store gets it.</summary>
[Feature("X1")]
public sealed class PackageTests
{
    // A version of its own, so that no cache answers with an earlier package.
    private static readonly string s_version = $"0.0.1-test.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";
    private DirectoryInfo _folder = null!;

    private string Feed => Path.Combine(_folder.FullName, "feed");

    [OneTimeSetUp]
    public void Pack()
    {
        _folder = Directory.CreateTempSubdirectory("twofactor-conformance-");
        foreach (var project in (string[])["TwoFactor.Core", "TwoFactor.StoreConformance"])
        {
            Dotnet(StoreAuthorsDocumentTests.Root, "pack", Path.Combine(StoreAuthorsDocumentTests.Root, "src", project), "--configuration", "Release", "--output", Feed,
                $"-p:Version={s_version}", "-p:IncludeSymbols=false", $"-p:ArtifactsPath={Path.Combine(_folder.FullName, "artifacts")}");
        }
    }

    [OneTimeTearDown]
    public void Delete() => _folder.Delete(recursive: true);

    [Test]
    public void It_depends_on_what_is_intended_only_and_is_documented()
    {
        using var package = ZipFile.OpenRead(Path.Combine(Feed, $"TwoFactor.StoreConformance.{s_version}.nupkg"));
        using var nuspec = package.Entries.Single(e => e.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        var dependencies = XDocument.Load(nuspec).Descendants().Where(e => e.Name.LocalName == "dependency").Select(e => e.Attribute("id")!.Value);
        Assert.That(dependencies, Is.EquivalentTo(new[] { "Microsoft.Extensions.DependencyInjection", "NUnit", "TwoFactor.Core" }));
        Assert.That(package.GetEntry("lib/net10.0/TwoFactor.StoreConformance.xml"), Is.Not.Null);
    }

    [Test]
    public void A_fresh_project_with_the_store_of_the_document_passes_the_suite_and_the_report_counts_its_tests()
    {
        var report = RunSuite("right", text => text);
        Assert.That(report.Passed, Is.EqualTo(TestsOf(typeof(AccountStoreContract)) + TestsOf(typeof(AccountStoreInstances))), report.Output);
        Assert.That(report.Failed, Is.Zero, report.Output);
        Assert.That(report.Output, Does.Match(@"histories checked: \d+"));
    }

    [Test]
    public void The_same_command_finds_a_fault_in_that_store()
    {
        // Without the comparison the last write wins.
        var report = RunSuite("broken", text => text.Replace("if ((before?.Version ?? 0) != expectedVersion) return false;", "", StringComparison.Ordinal));
        Assert.That(report.Failed, Is.Positive, report.Output);
        Assert.That(report.Output, Does.Contain($"Failed {nameof(AccountStoreContract.A_stale_version_is_false_and_writes_nothing)}"));
    }

    private static int TestsOf(Type fixture) => fixture.GetMethods().Count(method => method.IsDefined(typeof(TestAttribute), inherit: false));

    private (int Passed, int Failed, string Output) RunSuite(string name, Func<string, string> change)
    {
        var project = _folder.CreateSubdirectory(name);
        foreach (var (file, text) in StoreAuthorsDocumentTests.Blocks()) File.WriteAllText(Path.Combine(project.FullName, file), change(text));
        File.WriteAllText(Path.Combine(project.FullName, $"{name}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <RestoreAdditionalProjectSources>{Feed}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{Path.Combine(_folder.FullName, "restored")}</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="TwoFactor.Core" Version="{s_version}" />
                <PackageReference Include="TwoFactor.StoreConformance" Version="{s_version}" />
                <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.11.0" />
                <PackageReference Include="NUnit3TestAdapter" Version="6.3.1" />
              </ItemGroup>
            </Project>
            """);
        // The contract and several instances: the races take the time that they take in this project's own run.
        var (_, output) = Run(project.FullName, "test", "--filter", "FullyQualifiedName~StoreContract|FullyQualifiedName~StoreInstances", "--logger", "console;verbosity=detailed");
        return (Number("Passed", output), Number("Failed", output), output);
    }

    private static int Number(string what, string output) => Regex.Match(output, $@"^ +{what}: (\d+)", RegexOptions.Multiline) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan) : 0;

    private static void Dotnet(string folder, params string[] arguments)
    {
        var (exitCode, output) = Run(folder, arguments);
        Assert.That(exitCode, Is.Zero, () => $"dotnet {string.Join(' ', arguments)}\n{output}");
    }

    private static (int ExitCode, string Output) Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // What the test runner sets for its own SDK is not for a project of its own.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
