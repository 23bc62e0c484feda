using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Verification;

/// <summary>The judgement on one code, with the events that must be saved before it may be told.</summary>
internal abstract record CodeVerdict
{
    private CodeVerdict()
    {
    }

    /// <param name="Use">What the code spends; the caller puts it into its own success event.</param>
    /// <param name="Events">Events besides that one.</param>
    internal sealed record Accepted(FactorUse Use, ImmutableArray<AccountEvent> Events) : CodeVerdict;

    internal sealed record Refused(CodeRefusal Refusal, ImmutableArray<AccountEvent> Events) : CodeVerdict;
}
