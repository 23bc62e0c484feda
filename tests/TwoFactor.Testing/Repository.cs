namespace TwoFactor.Testing;

/// <summary>The working tree that the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The C# files of all test projects and of the published suite, without what the build writes.</summary>
    public static IEnumerable<string> TestSources() => new[] { "tests", Path.Combine("src", "TwoFactor.StoreConformance") }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    private static string Find(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "TwoFactor.Core.sln"))) return at.FullName;
        throw new InvalidOperationException($"TwoFactor.Core.sln is in no folder above {folder}.");
    }
}
