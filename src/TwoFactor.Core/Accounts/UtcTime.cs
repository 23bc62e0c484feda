namespace TwoFactor.Accounts;

/// <summary>
/// A moment in UTC, or none, in 8 bytes: a <see cref="DateTimeOffset"/> has 16, a nullable one 24, and an account, copied twice in a sign-in, has many.
/// </summary>
internal readonly record struct UtcTime
{
    // One more than the ticks, so that what was never set is none.
    private readonly long _ticksAndOne;

    public UtcTime(DateTimeOffset? time) => _ticksAndOne = time is { } known ? known.UtcTicks + 1 : 0;

    /// <summary>The moment; null for none.</summary>
    public DateTimeOffset? Value => _ticksAndOne == 0 ? null : new DateTimeOffset(_ticksAndOne - 1, TimeSpan.Zero);

    /// <summary>The moment where there always is one.</summary>
    public DateTimeOffset Known => Value ?? default;
}
