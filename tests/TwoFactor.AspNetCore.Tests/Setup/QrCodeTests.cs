using System.Xml.Linq;
using NUnit.Framework;
using TwoFactor.AspNetCore.Setup;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Setup;

/// <summary>Pictures that a camera reads; <c>zbarimg</c> is the camera.</summary>
public class QrCodeTests
{
    private const string Uri =
        "otpauth://totp/Acme%20%26%20S%C3%B6hne:ann%40acme.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Acme%20%26%20S%C3%B6hne";

    private DirectoryInfo _folder = null!;

    [OneTimeSetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("two-factor-web-qr-");

    [OneTimeTearDown]
    public void Remove() => _folder.Delete(recursive: true);

    [TestCase(120)]
    [TestCase(240)]
    [TestCase(2000)]
    [Feature("A1")]
    public void A_camera_reads_the_png(int size)
    {
        var png = QrCode.ToPng(Uri, size);

        Assert.That(Scan(png, "png"), Is.EqualTo(Uri));
        Assert.That(WidthOf(png), Is.InRange(size / 2, size));
    }

    [TestCase(120)]
    [TestCase(240)]
    [TestCase(1000)]
    [Feature("A1")]
    public void A_camera_reads_the_svg(int size)
    {
        ExternalTool.Require(ExternalTool.Chromium);
        var svg = QrCode.ToSvg(Uri, size);
        var page = Path.Combine(_folder.FullName, $"{size}.html");
        // On black, so that the quiet zone is the picture's own.
        File.WriteAllText(page, $"<!doctype html><meta charset=utf-8><body style='margin:0;background:#000'>{svg}");
        var picture = Path.Combine(_folder.FullName, $"{size}.screen.png");
        ExternalTool.Run(ExternalTool.Chromium,
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-quic", $"--user-data-dir={Path.Combine(_folder.FullName, $"profile-{size}")}", "--force-device-scale-factor=2",
            $"--window-size={Math.Max(size, 500)},{Math.Max(size, 500)}", $"--screenshot={picture}", $"file://{page}",
        ]);

        Assert.That(ExternalTool.Run("zbarimg", ["--quiet", "--raw", picture]).Trim(), Is.EqualTo(Uri));
    }

    [Test]
    public void The_markup_holds_nothing_that_a_strict_content_security_policy_stops_and_is_dark_on_light()
    {
        var svg = XElement.Parse(QrCode.ToSvg(Uri, 240));

        Assert.That(svg.Name.LocalName, Is.EqualTo("svg"));
        Assert.That((svg.Attribute("width")?.Value, svg.Attribute("height")?.Value), Is.EqualTo(("240", "240")));
        var all = svg.DescendantsAndSelf().ToList();
        Assert.That(all.Select(e => e.Name.LocalName).Distinct(), Is.SubsetOf(new[] { "svg", "rect", "path", "g" }));
        Assert.That(all.SelectMany(e => e.Attributes()).Select(a => a.Name.LocalName), Has.None.EqualTo("style").And.None.StartsWith("on"));
        Assert.That(all.Select(e => e.Attribute("fill")?.Value).OfType<string>().Distinct(), Is.EquivalentTo(new[] { "#ffffff", "#000000" }));
        var background = all.First(e => e.Name.LocalName == "rect");
        var width = svg.Attribute("viewBox")!.Value.Split(' ')[2];
        Assert.That((background.Attribute("fill")?.Value, background.Attribute("width")?.Value), Is.EqualTo(("#ffffff", width)), "all of it is white");
    }

    [Test]
    public void What_does_not_fit_is_misuse_and_is_not_quoted()
    {
        Assert.That(() => QrCode.ToPng(Uri, 119), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => QrCode.ToSvg(Uri, 2001), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => QrCode.ToPng("", 240), Throws.ArgumentException);
        Assert.That(() => QrCode.ToPng(new string('x', 2332)), Throws.ArgumentException.With.Message.Not.Contains("xxx"));
        Assert.That(() => QrCode.ToPng(new string('x', 2000), 300), Throws.ArgumentException.With.Message.Contains("at least"));
        Assert.That(() => QrCode.ToSvg(new string('x', 2331)), Throws.Nothing);
    }

    private string Scan(byte[] picture, string extension)
    {
        var file = Path.Combine(_folder.FullName, $"{Path.GetRandomFileName()}.{extension}");
        File.WriteAllBytes(file, picture);
        return ExternalTool.Run("zbarimg", ["--quiet", "--raw", file]).Trim();
    }

    private static int WidthOf(byte[] png) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16));
}
