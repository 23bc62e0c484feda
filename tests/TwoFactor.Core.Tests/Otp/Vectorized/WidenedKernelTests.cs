using System.Runtime.CompilerServices;
using NUnit.Framework;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Otp.Vectorized;

/// <summary>The standards are written down once, for 128 bits; the other files are what <c>eng/widen-kernels.sh</c> makes of them.</summary>
[TestFixture]
[Feature("E1")]
public sealed class WidenedKernelTests
{
    private const string Folder = "src/TwoFactor.Core/Otp/Vectorized", Script = "eng/widen-kernels.sh";

    [Test]
    public void The_other_kernels_are_those_for_128_bits_with_another_vector_or_one_word()
    {
        ExternalTool.Require("bash");
        var root = Root();
        var copy = Directory.CreateTempSubdirectory("two-factor-kernels-");
        try
        {
            Directory.CreateDirectory(Path.Combine(copy.FullName, "eng"));
            Directory.CreateDirectory(Path.Combine(copy.FullName, Folder));
            File.Copy(Path.Combine(root, Script), Path.Combine(copy.FullName, Script));
            foreach (var name in (string[])["Sha1Lanes128.cs", "Sha256Lanes128.cs", "LaneHmac128.cs"])
                File.Copy(Path.Combine(root, Folder, name), Path.Combine(copy.FullName, Folder, name));

            ExternalTool.Run("bash", [Path.Combine(copy.FullName, Script)]);
            var written = Directory.GetFiles(Path.Combine(copy.FullName, Folder), "*.cs");
            Assert.That(written, Has.Length.EqualTo(13));
            foreach (var file in written)
            {
                var name = Path.GetFileName(file);
                Assert.That(File.ReadAllText(Path.Combine(root, Folder, name)), Is.EqualTo(File.ReadAllText(file)), name);
            }
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private static string Root([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../../.."));
}
