namespace TwoFactor.TrustedDevices;

/// <summary>The user ticked "trust this browser".</summary>
/// <param name="DeviceName">
/// What the user will know the browser by in the list of devices, such as "Firefox on Linux". Any text does: it is made safe to show and cut to 100
/// characters.
/// </param>
public sealed record TrustRequest(string DeviceName);
