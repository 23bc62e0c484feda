using System.Text.RegularExpressions;
using NUnit.Framework;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Architecture;

/// <summary>docs/features.md against the tests: no row without a test, no test for a row that is not there.</summary>
public sealed partial class FeatureTableTests
{
    private static readonly Row[] s_rows = [.. File.ReadLines(Path.Combine(Repository.Root, "docs", "features.md"))
        .Select(line => RowPattern().Match(line)).Where(match => match.Success)
        .Select(match => new Row(match.Groups[1].Value, match.Groups[2].Value, [.. NamePattern().Matches(match.Groups[3].Value).Select(name => name.Groups[1].Value)]))];

    private static readonly ILookup<string, string> s_tests = Repository.TestSources()
        .SelectMany(file => TagPattern().Matches(File.ReadAllText(file)).Select(tag => (Id: tag.Groups[1].Value, Test: Path.GetFileNameWithoutExtension(file))))
        .ToLookup(pair => pair.Id, pair => pair.Test);

    [Test]
    public void Every_row_that_works_or_works_in_part_names_tests_that_carry_its_tag()
    {
        Assert.That(s_rows.Count(row => row.Status == "works"), Is.GreaterThanOrEqualTo(14));
        Assert.Multiple(() =>
        {
            foreach (var row in s_rows.Where(row => row.Status != "planned"))
            {
                Assert.That(row.Tests, Is.Not.Empty, $"{row.Id} names no test");
                Assert.That(row.Tests.Except(s_tests[row.Id]), Is.Empty, $"{row.Id}: tests that are not there, or not tagged");
            }
        });
    }

    [Test]
    public void A_row_that_is_planned_has_no_test_yet() =>
        Assert.That(s_rows.Where(row => row.Status == "planned" && s_tests.Contains(row.Id)).Select(row => row.Id), Is.Empty);

    [Test]
    public void Every_tag_names_a_row() => Assert.That(s_tests.Select(group => group.Key).Except(s_rows.Select(row => row.Id)), Is.Empty);

    [Test]
    public void Every_row_is_there_once_with_a_known_status()
    {
        string[] ids = [.. Enumerable.Range(1, 12).SelectMany(i => (string[])[$"A{i}", $"B{i}"]), .. Enumerable.Range(1, 10).Select(i => $"C{i}"),
            .. Enumerable.Range(1, 7).Select(i => $"E{i}"), .. Enumerable.Range(1, 11).Select(i => $"X{i}")];
        Assert.That(s_rows.Select(row => row.Id), Is.EquivalentTo(ids));
        Assert.That(s_rows.Where(row => row.Status is not ("works" or "in part" or "planned")), Is.Empty);
    }

    [Test]
    public void Every_attack_that_a_test_names_is_one_of_the_table()
    {
        var numbers = Repository.TestSources().SelectMany(file => AttackPattern().Matches(File.ReadAllText(file))).Select(m => int.Parse(m.Groups[1].ValueSpan)).ToArray();
        Assert.That(numbers, Is.Not.Empty.And.All.InRange(1, 37));
    }

    [GeneratedRegex(@"^\| ([ABCEX]\d+) \| [^|]+ \| ([^|]+) \| ([^|]*)\|$")]
    private static partial Regex RowPattern();

    [GeneratedRegex("`([A-Za-z0-9]+)`")]
    private static partial Regex NamePattern();

    [GeneratedRegex("""\bFeature\("([A-Z]\d+)"\)""")]
    private static partial Regex TagPattern();

    [GeneratedRegex(@"\bAttack\((\d+)\)")]
    private static partial Regex AttackPattern();

    private sealed record Row(string Id, string Status, string[] Tests);
}
