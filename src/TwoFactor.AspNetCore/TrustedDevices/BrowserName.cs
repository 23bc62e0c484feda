namespace TwoFactor.AspNetCore.TrustedDevices;

/// <summary>
/// What a user will know a browser by, such as <c>Firefox on Linux</c>. Of what the browser says of itself only known names are taken, so nothing
/// that somebody sends can stand in the list of devices.
/// </summary>
internal static class BrowserName
{
    // The order decides: most browsers name those they descend from as well.
    private static readonly (string Mark, string Name)[] s_browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] s_systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ];

    /// <param name="userAgent">The header, any text.</param>
    public static string Of(string userAgent)
    {
        var browser = Find(s_browsers, userAgent) ?? "A browser";
        return Find(s_systems, userAgent) is { } system ? $"{browser} on {system}" : browser;
    }

    private static string? Find((string Mark, string Name)[] known, string userAgent)
    {
        foreach (var (mark, name) in known)
        {
            if (userAgent.Contains(mark, StringComparison.Ordinal)) return name;
        }

        return null;
    }
}
