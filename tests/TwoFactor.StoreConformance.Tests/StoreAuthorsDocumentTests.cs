using System.Text.RegularExpressions;
using NUnit.Framework;

namespace TwoFactor.StoreConformance.Tests;

/// <summary>The store in <c>docs/store-authors.md</c> is the one that the suite runs against, to the letter.</summary>
public sealed partial class StoreAuthorsDocumentTests
{
    [Test]
    public void The_document_shows_every_file_of_the_example_as_it_is_tested()
    {
        var shown = Blocks().ToDictionary(block => block.Name, block => block.Text);
        var tested = Directory.EnumerateFiles(Path.Combine(Root, "tests", "TwoFactor.StoreConformance.Tests", "FilePerUser"), "*.cs")
            .ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
        Assert.That(shown.Keys, Is.EquivalentTo(tested.Keys));
        Assert.Multiple(() =>
        {
            foreach (var (name, text) in tested) Assert.That(shown[name], Is.EqualTo(text), name);
        });
    }

    [Test]
    public void Every_fixture_that_the_document_names_is_there_and_every_fixture_is_named()
    {
        var named = NamePattern().Matches(File.ReadAllText(Document)).Select(match => match.Groups[1].Value).ToHashSet();
        var fixtures = typeof(StoreViolationException).Assembly.GetExportedTypes()
            .Where(type => type.IsAbstract && (type.Name.EndsWith("Contract", StringComparison.Ordinal) || type.Name.EndsWith("Races", StringComparison.Ordinal) || type.Name.EndsWith("Instances", StringComparison.Ordinal)));
        Assert.That(fixtures.Select(type => type.Name).Except(named), Is.Empty);
    }

    internal static string Root { get; } = FindRoot();

    /// <summary>The files that the document shows.</summary>
    internal static IEnumerable<(string Name, string Text)> Blocks() =>
        BlockPattern().Matches(File.ReadAllText(Document)).Select(match => (match.Groups[1].Value, match.Groups[2].Value));

    private static string Document => Path.Combine(Root, "docs", "store-authors.md");

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "TwoFactor.Core.sln"))) return at.FullName;
        }

        throw new InvalidOperationException("TwoFactor.Core.sln is in no folder above the tests.");
    }

    [GeneratedRegex("<!-- file: (\\S+) -->\n```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex BlockPattern();

    [GeneratedRegex("`([A-Za-z]+)`")]
    private static partial Regex NamePattern();
}
