using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NUnit.Framework;
using TwoFactor.Otp;
using TwoFactor.Provisioning;
using TwoFactor.Testing;
using TwoFactor.Testing.Packaging;

namespace TwoFactor.Tests.Packaging;

/// <summary>The packages as somebody gets them: what they depend on, and that the README's program works with them.</summary>
public sealed class PackageTests
{
    private PackageFeed _feed = null!;

    [OneTimeSetUp]
    public void Pack() => _feed = new PackageFeed(Repository.Root, "TwoFactor.Core", "TwoFactor.EntityFrameworkCore", "TwoFactor.AspNetCore");

    [OneTimeTearDown]
    public void Delete() => _feed.Dispose();

    [TestCase("TwoFactor.Core", "Microsoft.Extensions.DependencyInjection.Abstractions, Microsoft.Extensions.Options")]
    [TestCase("TwoFactor.EntityFrameworkCore", "Microsoft.EntityFrameworkCore.Relational, TwoFactor.Core")]
    [TestCase("TwoFactor.AspNetCore", "QRCoder, TwoFactor.Core")]
    public void A_package_depends_on_what_is_intended_only(string package, string dependencies) =>
        Assert.That(string.Join(", ", DependenciesOf(package).Order(StringComparer.Ordinal)), Is.EqualTo(dependencies));

    [Test]
    public void The_packages_carry_licence_readme_and_documentation()
    {
        using var package = ZipFile.OpenRead(_feed.PathOf("TwoFactor.Core"));
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
        var project = _feed.NewFolder("fresh");
        File.WriteAllText(Path.Combine(project.FullName, "Program.cs"), Snippet("program.cs"));
        File.WriteAllText(Path.Combine(project.FullName, "fresh.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="TwoFactor.Core" Version="{_feed.Version}" />
                <PackageReference Include="Microsoft.Extensions.DependencyInjection" Version="10.0.14" />
              </ItemGroup>
            </Project>
            """);
        PackageFeed.Run(project.FullName, "dotnet", "build", "--output", Path.Combine(project.FullName, "out"));
        Assert.That(Use(Path.Combine(project.FullName, "out", "fresh.dll")), Does.EndWith("Welcome, alice"));
    }

    /// <summary>Plays the user: reads the URI, types the app's code, then the first backup code.</summary>
    private static string Use(string program)
    {
        using var process = PackageFeed.Start(Repository.Root, "dotnet", program);
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
        using var archive = ZipFile.OpenRead(_feed.PathOf(package));
        return [.. Nuspec(archive).Descendants().Where(e => e.Name.LocalName == "dependency").Select(e => e.Attribute("id")!.Value)];
    }

    private static XDocument Nuspec(ZipArchive package)
    {
        using var stream = package.Entries.Single(e => e.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream);
    }
}
