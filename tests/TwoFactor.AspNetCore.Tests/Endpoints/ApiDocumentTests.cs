using System.Text.RegularExpressions;
using NUnit.Framework;
using TwoFactor.AspNetCore.Problems;
using TwoFactor.AspNetCore.Tests.Endpoints.Support;
using TwoFactor.AspNetCore.Localization;

namespace TwoFactor.AspNetCore.Tests.Endpoints;

/// <summary>Holds <c>docs/api.md</c> to the code: its tables of problems and endpoints are complete and true.</summary>
internal sealed partial class ApiDocumentTests
{
    private static readonly string s_page = File.ReadAllText(Find("docs/api.md"));

    [Test]
    public void The_table_of_problems_is_that_of_the_code()
    {
        var rows = ProblemRow().Matches(s_page).Select(row => (row.Groups["code"].Value, row.Groups["status"].Value, row.Groups["text"].Value));
        Assert.That(rows, Is.EqualTo(ProblemCode.All.Select(code => (
            code.Name, code.Status.ToString(System.Globalization.CultureInfo.InvariantCulture), TwoFactorLanguage.English.TextOf(code).Detail))));
    }

    [Test]
    public async Task The_table_of_endpoints_is_what_is_mapped()
    {
        await using var app = await ApiApp.StartAsync();
        var rows = EndpointRow().Matches(s_page).Select(row => $"{row.Groups["method"].Value} /2fa{row.Groups["path"].Value} Map{row.Groups["map"].Value}");
        var maps = typeof(Microsoft.AspNetCore.Builder.TwoFactorEndpoints).Assembly.GetExportedTypes()
            .Where(t => t.Namespace == "Microsoft.AspNetCore.Builder").SelectMany(t => t.GetMethods()).Select(m => m.Name)
            .Where(n => n.StartsWith("MapTwoFactor", StringComparison.Ordinal) && n != "MapTwoFactor").ToList();
        Assert.Multiple(() =>
        {
            Assert.That(rows.Select(row => row[..row.LastIndexOf(' ')]), Is.EquivalentTo(Operation.AllOf(app).Select(o => o.ToString())));
            Assert.That(rows.Select(row => row[(row.LastIndexOf(' ') + 1)..]), Is.EquivalentTo(maps));
        });
    }

    [GeneratedRegex(@"^\| `(?<code>[a-z_]+)` \| (?<status>\d{3}) \| (?<text>[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex ProblemRow();

    [GeneratedRegex(@"^\| `(?<method>GET|POST|PUT|DELETE) (?<path>/[^`]*)` \| `Map(?<map>TwoFactor[A-Za-z]+)` \|", RegexOptions.Multiline)]
    private static partial Regex EndpointRow();

    private static string Find(string path)
    {
        for (var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TwoFactor.Core.sln"))) return Path.Combine(folder.FullName, path);
        }

        throw new AssertionException("The repository is not above the tests.");
    }
}
