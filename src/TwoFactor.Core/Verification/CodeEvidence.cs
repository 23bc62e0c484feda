using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Verification;

/// <summary>What cryptography says about a code, before any policy. Made by <see cref="CodeExaminer"/>, judged by <see cref="CodeDecider"/>.</summary>
internal abstract record CodeEvidence
{
    private CodeEvidence()
    {
    }

    internal sealed record Malformed : CodeEvidence;

    /// <param name="Hint">The clock hint that the answer gives.</param>
    /// <param name="BurnedStep">The future step that the hint confirms.</param>
    internal sealed record Mismatch(ClockHint? Hint, long? BurnedStep) : CodeEvidence;

    /// <param name="Use">What the code spends.</param>
    /// <param name="Rewrapped">The seed under the current key; default when it is under it already.</param>
    internal sealed record Match(FactorUse Use, ImmutableArray<byte> Rewrapped) : CodeEvidence;

    internal sealed record Replay(long Step) : CodeEvidence;

    internal sealed record ClockMovedBack : CodeEvidence;

    internal sealed record Busy : CodeEvidence;

    internal sealed record Unavailable : CodeEvidence;
}
