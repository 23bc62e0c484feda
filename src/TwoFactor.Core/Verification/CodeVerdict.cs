using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Verification;

/// <summary>The judgement on one code, with the events that must be saved before it may be told.</summary>
internal readonly record struct CodeVerdict
{
    private readonly CodeRefusal? _refusal;

    private CodeVerdict(FactorUse? use, CodeRefusal? refusal, ImmutableArray<AccountEvent> events) => (Use, _refusal, Events) = (use, refusal, events);

    /// <summary>What the code spends, when it was accepted, and only then; the caller puts it into its own success event.</summary>
    public FactorUse? Use { get; }

    /// <summary>Why not, when it was not accepted.</summary>
    public CodeRefusal Refusal => _refusal ?? throw new InvalidOperationException("The code was accepted; ask Use first.");

    /// <summary>Events besides that of the success, or those of the refusal.</summary>
    public ImmutableArray<AccountEvent> Events { get; }

    public static CodeVerdict Accepted(FactorUse use, ImmutableArray<AccountEvent> events) => new(use, null, events);

    public static CodeVerdict Refused(CodeRefusal refusal, ImmutableArray<AccountEvent> events) => new(null, refusal, events);
}
