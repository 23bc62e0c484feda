namespace TwoFactor.Verification;

/// <summary>A wrong code that would have been right at a nearby time: the device's clock is off. It never grants access.</summary>
/// <param name="DeviceOffset">How far the device's clock seems to be ahead (positive) or behind (negative), in whole periods.</param>
public sealed record ClockHint(TimeSpan DeviceOffset);
