using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Problems;

namespace TwoFactor.AspNetCore.Endpoints;

/// <summary>How every call that takes a code may refuse it.</summary>
internal static class CodeProblems
{
    public static ImmutableArray<ProblemCode> All { get; } =
    [
        ProblemCode.CodeMalformed, ProblemCode.CodeWrong, ProblemCode.CodeReplayed, ProblemCode.LockedOut, ProblemCode.Busy, ProblemCode.Contended,
        ProblemCode.FactorUnavailable, ProblemCode.ClockMovedBack,
    ];

    public static string Factors { get; } = $"One of {WireNames.Listed<MfaFactorType>()}.";
}
