namespace TwoFactor.Benchmarks.Scenarios;

/// <summary>A folder for database files, deleted afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("two-factor-benchmarks-");

    public string File(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
