namespace TwoFactor.Sample.Web.Tests;

/// <summary>Where the working copy is.</summary>
public static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TwoFactor.Core.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("TwoFactor.Core.sln lies in no folder above the tests.");
    }
}
