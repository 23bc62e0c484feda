using QRCoder;

namespace TwoFactor.AspNetCore.Setup;

/// <summary>
/// QR codes as pictures: black on white in light and dark mode alike, with the quiet zone of four modules that ISO/IEC 18004 asks for; some cameras
/// read nothing else. Error correction level M. The markup has no style and no script, so a strict Content-Security-Policy lets it stand in a page.
/// </summary>
public static class QrCode
{
    /// <summary>The smallest edge of a picture, in pixels.</summary>
    public const int MinSize = 120;

    /// <summary>The greatest edge of a picture, in pixels.</summary>
    public const int MaxSize = 2000;

    // One pixel a module is less than readers make out.
    private const int MinPixels = 2;

    /// <summary>An <c>svg</c> element.</summary>
    /// <param name="text">What it holds, such as an otpauth URI: up to 2,331 bytes of UTF-8.</param>
    /// <param name="size">Width and height in CSS pixels. 120 to 2,000; default 240.</param>
    /// <exception cref="ArgumentException">The text does not fit.</exception>
    public static string ToSvg(string text, int size = 240)
    {
        CheckSize(size);
        using var data = Encode(text);
        using var svg = new SvgQRCode(data);
        return svg.GetGraphic(new System.Drawing.Size(size, size), "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.WidthHeightAttribute);
    }

    /// <summary>A PNG file, for <c>img</c> elements and clients without SVG.</summary>
    /// <param name="text">What it holds, such as an otpauth URI: up to 2,331 bytes of UTF-8.</param>
    /// <param name="size">
    /// The greatest width and height in pixels; the picture is the largest one up to it whose modules are whole pixels, two or more. 120 to 2,000; default 480.
    /// </param>
    /// <exception cref="ArgumentException">The text does not fit, or not into a picture of that size.</exception>
    public static byte[] ToPng(string text, int size = 480)
    {
        CheckSize(size);
        using var data = Encode(text);
        // The encoder's matrix has its quiet zone.
        var pixels = size / data.ModuleMatrix.Count;
        if (pixels < MinPixels) throw new ArgumentException($"The text needs a picture of at least {data.ModuleMatrix.Count * MinPixels} pixels.", nameof(size));
        using var png = new PngByteQRCode(data);
        return png.GetGraphic(pixels, drawQuietZones: true);
    }

    private static QRCodeData Encode(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        try
        {
            return QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M, forceUtf8: true);
        }
        catch (QRCoder.Exceptions.DataTooLongException)
        {
            // The text is a secret and is not quoted.
            throw new ArgumentException("The text does not fit into a QR code.", nameof(text));
        }
    }

    private static void CheckSize(int size)
    {
        if (size is < MinSize or > MaxSize) throw new ArgumentOutOfRangeException(nameof(size), size, $"A QR code is drawn from {MinSize} to {MaxSize} pixels wide.");
    }
}
