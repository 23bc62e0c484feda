namespace TwoFactor.Otp;

/// <summary>Computes codes under one key. Disposing wipes what it keeps of the key.</summary>
internal interface ICandidateCodes : IDisposable
{
    /// <summary>How many candidates are best computed at once, 16 at most.</summary>
    static abstract int Batch { get; }

    /// <summary>The values of the codes of consecutive counters, all of them, whatever anybody typed.</summary>
    /// <param name="first">The first counter; the last one is at most <see cref="long.MaxValue"/>.</param>
    /// <param name="digits">Digits of a code.</param>
    /// <param name="values">Receives a value for each counter. The caller wipes it.</param>
    void Fill(long first, int digits, scoped Span<int> values);
}
