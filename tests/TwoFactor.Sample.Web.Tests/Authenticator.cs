using System.Globalization;
using System.Text.RegularExpressions;
using TwoFactor.Testing;

namespace TwoFactor.Sample.Web.Tests;

/// <summary>A phone: it knows an otpauth URI, and <c>oathtool</c> computes its codes. Nothing of the library takes part.</summary>
public sealed partial class Authenticator
{
    private readonly Func<DateTimeOffset> _now;

    public Authenticator(string uri, Func<DateTimeOffset> now)
    {
        (Uri, _now) = (uri, now);
        Secret = SecretParameter().Match(uri).Groups[1].Value;
    }

    public string Uri { get; }

    public string Secret { get; }

    /// <summary>The code that <see cref="Code"/> gave last.</summary>
    public string LastCode { get; private set; } = "";

    /// <summary>Reads the QR code of a picture as a camera would.</summary>
    public static Authenticator Scan(string picture, Func<DateTimeOffset> now) =>
        new(ExternalTool.Run("zbarimg", ["--quiet", "--raw", picture]).Trim(), now);

    /// <summary>What the phone shows, its clock being off by <paramref name="off"/>.</summary>
    public string Code(TimeSpan off = default)
    {
        var moment = (_now() + off).ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        return LastCode = ExternalTool.Run("oathtool", ["--totp", "--base32", "--now", moment, Secret]).Trim();
    }

    [GeneratedRegex("[?&]secret=([A-Z2-7]+)")]
    private static partial Regex SecretParameter();
}
