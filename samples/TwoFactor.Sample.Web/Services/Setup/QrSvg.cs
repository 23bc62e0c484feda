using QRCoder;

namespace TwoFactor.Sample.Web.Services.Setup;

/// <summary>A QR code as SVG markup. Black on white in light and dark mode alike, with its quiet zone: some cameras read nothing else.</summary>
public static class QrSvg
{
    public static string Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        return svg.GetGraphic(1, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}
