namespace TwoFactor.Sample.Web.Tests.Hosting;

/// <summary>A new empty folder, gone with everything in it when disposed.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("two-factor-sample-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
