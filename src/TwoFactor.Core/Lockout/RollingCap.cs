namespace TwoFactor.Lockout;

/// <summary>At most so many wrong codes within a window that moves with time.</summary>
/// <param name="Limit">Wrong codes that lock. 1 to 256.</param>
/// <param name="Window">How far back they count. Up to 30 days.</param>
public sealed record RollingCap(int Limit, TimeSpan Window);
