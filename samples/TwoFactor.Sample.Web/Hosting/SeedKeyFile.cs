using System.Security.Cryptography;
using TwoFactor.Cryptography;

namespace TwoFactor.Sample.Web.Hosting;

/// <summary>
/// The key under which authenticator seeds are encrypted: made at the first start, in a file that only the current user may read. This is
/// a sample's key management; a product takes the key from a secret store, and hands over old and new keys to rotate it.
/// </summary>
public static class SeedKeyFile
{
    public const string KeyId = "sample-1";

    public static string ReadOrCreate(string path)
    {
        if (!File.Exists(path)) Create(path);
        return File.ReadAllText(path).Trim();
    }

    private static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var key = SecretKeyRing.GenerateKey();
        using var writer = new StreamWriter(path, options);
        writer.WriteLine(Convert.ToBase64String(key));
        CryptographicOperations.ZeroMemory(key);
    }
}
