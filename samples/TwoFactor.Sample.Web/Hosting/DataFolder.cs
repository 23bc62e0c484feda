namespace TwoFactor.Sample.Web.Hosting;

/// <summary>
/// Where the sample keeps its files, open to the current user only: database, seed keys and cookie keys side by side. A product keeps
/// the keys apart from the database, in a secret store, so that a copy of one is worthless without the other.
/// </summary>
public sealed record DataFolder(string Path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // The sample has no migrations: a new shape of the tables begins a new file.
    public string Database => System.IO.Path.Combine(Path, "sample-5.db");

    public string SeedKeys => System.IO.Path.Combine(Path, "seed.key");

    public DirectoryInfo CookieKeys => new(System.IO.Path.Combine(Path, "cookie-keys"));

    public static DataFolder Open(IConfiguration configuration)
    {
        var path = configuration["Sample:DataFolder"] is { Length: > 0 } chosen
            ? System.IO.Path.GetFullPath(chosen)
            : System.IO.Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "TwoFactor.Sample");
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnerOnly);
        return new DataFolder(path);
    }
}
