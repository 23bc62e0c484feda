using System.Diagnostics;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.AspNetCore.Endpoints.Contracts;
using TwoFactor.Verification;

namespace TwoFactor.AspNetCore.Problems;

/// <summary>The problem that each refusal of the core is. Whatever a later core may add is a fault here, and grants nothing.</summary>
internal static class ProblemsOf
{
    /// <summary>A moment later the hashers have room again, or the other requests are through.</summary>
    private const int Soon = 1;

    public static TwoFactorProblem Contention => new(ProblemCode.Contended) { RetryAfterSeconds = Soon };

    public static TwoFactorProblem HashersBusy => new(ProblemCode.Busy) { RetryAfterSeconds = Soon };

    public static TwoFactorProblem Of(CodeRefusal refusal, DateTimeOffset now) => refusal switch
    {
        CodeRefusal.Malformed => new(ProblemCode.CodeMalformed),
        CodeRefusal.Wrong wrong => new(ProblemCode.CodeWrong) { AttemptsLeft = wrong.AttemptsLeft, DeviceClockOffset = wrong.ClockHint?.DeviceOffset },
        CodeRefusal.Replayed => new(ProblemCode.CodeReplayed),
        CodeRefusal.StartOver => new(ProblemCode.StartOver),
        CodeRefusal.LockedOut locked => Of(locked.Lock, now),
        CodeRefusal.Busy => HashersBusy,
        CodeRefusal.Contended => Contention,
        CodeRefusal.Unavailable => new(ProblemCode.FactorUnavailable),
        CodeRefusal.ClockMovedBack => new(ProblemCode.ClockMovedBack),
        CodeRefusal.RegionRefused region => Of(region.Reason),
        _ => throw Unknown(refusal),
    };

    public static TwoFactorProblem Of(AccountLock l, DateTimeOffset now) => new(ProblemCode.LockedOut)
    {
        Lock = LockResponse.Of(l),
        RetryAfterSeconds = l.Until is { } until ? (int)Math.Clamp(Math.Ceiling((until - now).TotalSeconds), 1, int.MaxValue) : null,
    };

    /// <summary>A move is over in a moment; what an operator must mend is not.</summary>
    public static TwoFactorProblem Of(RegionRefusal reason) => new(ProblemCode.RegionRefused)
    {
        Reason = WireNames.Of(reason),
        RetryAfterSeconds = reason is RegionRefusal.Moving or RegionRefusal.Moved ? Soon : null,
    };

    public static TwoFactorProblem Of(ProofRefusal refusal) => new(ProblemCode.StepUpRequired) { Reason = WireNames.Of(refusal) };

    public static TwoFactorProblem Of(DenialReason reason) => new(reason switch
    {
        DenialReason.NotAuthorized => ProblemCode.NotAuthorized,
        DenialReason.Self => ProblemCode.SelfAdministration,
        DenialReason.OtherOrganization => ProblemCode.OtherOrganization,
        DenialReason.SharedUser => ProblemCode.SharedUser,
        DenialReason.NoSecondFactor => ProblemCode.NoSecondFactor,
        _ => throw Unknown(reason),
    });

    public static TwoFactorProblem OfBody(string path, string? message = null) => new(ProblemCode.BodyInvalid) { Errors = [new(path, message)] };

    public static TwoFactorProblem OfParameter(string name, string message) => new(ProblemCode.ParameterInvalid) { Errors = [new(name, message)] };

    public static UnreachableException Unknown(object result) =>
        new($"This version of TwoFactor.AspNetCore does not know {result.GetType().FullName}: use the version that belongs to the core.");
}
