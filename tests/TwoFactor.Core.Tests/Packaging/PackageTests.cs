using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NUnit.Framework;
using TwoFactor.Otp;
using TwoFactor.Provisioning;
using TwoFactor.Tests.Support;

namespace TwoFactor.Tests.Packaging;

/// <summary>The packages as somebody gets them: what they depend on, and that the README's program works with them.</summary>
public sealed class PackageTests
{
    // A version of its own, so that no cache answers with an earlier package.
    private static readonly string s_version = $"0.0.1-test.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";
    private DirectoryInfo _folder = null!;

    [OneTimeSetUp]
    public void Pack()
    {
        _folder = Directory.CreateTempSubdirectory("twofactor-packages-");
        foreach (var project in (string[])["TwoFactor.Core", "TwoFactor.EntityFrameworkCore"])
        {
            Dotnet(Repository.Root, "pack", Path.Combine(Repository.Root, "src", project), "--configuration", "Release", "--output", Feed,
                $"-p:Version={s_version}", "-p:IncludeSymbols=false", $"-p:ArtifactsPath={Path.Combine(_folder.FullName, "artifacts")}");
        }
    }

    [OneTimeTearDown]
    public void Delete() => _folder.Delete(recursive: true);

    [TestCase("TwoFactor.Core", "Microsoft.Extensions.DependencyInjection.Abstractions, Microsoft.Extensions.Options")]
    [TestCase("TwoFactor.EntityFrameworkCore", "Microsoft.EntityFrameworkCore.Relational, TwoFactor.Core")]
    public void A_package_depends_on_what_is_intended_only(string package, string dependencies) =>
        Assert.That(string.Join(", ", DependenciesOf(package).Order(StringComparer.Ordinal)), Is.EqualTo(dependencies));

    [Test]
    public void The_packages_carry_licence_readme_and_documentation()
    {
        using var package = ZipFile.OpenRead(PathOf("TwoFactor.Core"));
        Assert.Multiple(() =>
        {
            Assert.That(Nuspec(package).Descendants().Single(e => e.Name.LocalName == "license").Value, Is.EqualTo("MIT"));
            Assert.That(package.GetEntry("README.md"), Is.Not.Null);
            Assert.That(package.GetEntry("lib/net10.0/TwoFactor.Core.xml"), Is.Not.Null);
        });
    }

    [Test]
    public void The_program_in_the_README_works_in_a_fresh_project()
    {
        var project = _folder.CreateSubdirectory("fresh");
        File.WriteAllText(Path.Combine(project.FullName, "Program.cs"), Snippet("program.cs"));
        File.WriteAllText(Path.Combine(project.FullName, "fresh.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <RestoreAdditionalProjectSources>{Feed}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{Path.Combine(_folder.FullName, "restored")}</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="TwoFactor.Core" Version="{s_version}" />
                <PackageReference Include="Microsoft.Extensions.DependencyInjection" Version="10.0.14" />
              </ItemGroup>
            </Project>
            """);
        Dotnet(project.FullName, "build", "--output", Path.Combine(project.FullName, "out"));
        Assert.That(Use(Path.Combine(project.FullName, "out", "fresh.dll")), Does.EndWith("Welcome, alice"));
    }

    private string Feed => Path.Combine(_folder.FullName, "feed");

    /// <summary>Plays the user: reads the URI, types the app's code, then the first backup code.</summary>
    private static string Use(string program)
    {
        using var process = Start("dotnet", Repository.Root, program);
        var scan = process.StandardOutput.ReadLine() ?? "";
        Assert.That(OtpAuthUri.TryParse(scan.Split(' ')[1], out var uri, out var error), Is.True, error.ToString());
        using (uri)
        {
            var step = Totp.StepAt(TimeProvider.System.GetUtcNow(), TotpParameters.Default);
            process.StandardInput.WriteLine(Totp.Generate(uri!.Secret.Bytes, step, TotpParameters.Default));
        }

        Assert.That(process.StandardOutput.ReadLine(), Does.EndWith("Keep these backup codes:"));
        process.StandardInput.WriteLine(process.StandardOutput.ReadLine());
        process.StandardInput.Close();
        var rest = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return rest.TrimEnd();
    }

    private static string Snippet(string name)
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var match = Regex.Match(readme, $"<!-- snippet: {Regex.Escape(name)} -->\\s*```csharp\\n(.*?)```", RegexOptions.Singleline);
        Assert.That(match.Success, Is.True, $"The README has a snippet {name}.");
        return match.Groups[1].Value;
    }

    private IEnumerable<string> DependenciesOf(string package)
    {
        using var archive = ZipFile.OpenRead(PathOf(package));
        return [.. Nuspec(archive).Descendants().Where(e => e.Name.LocalName == "dependency").Select(e => e.Attribute("id")!.Value)];
    }

    private string PathOf(string package) => Path.Combine(Feed, $"{package}.{s_version}.nupkg");

    private static XDocument Nuspec(ZipArchive package)
    {
        using var stream = package.Entries.Single(e => e.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream);
    }

    private static void Dotnet(string folder, params string[] arguments)
    {
        using var process = Start("dotnet", folder, arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, () => $"dotnet {string.Join(' ', arguments)}\n{output}\n{error.Result}");
    }

    private static Process Start(string program, string folder, params string[] arguments)
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
}
