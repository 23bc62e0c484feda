using Microsoft.AspNetCore.Http.HttpResults;
using TwoFactor.AspNetCore.Endpoints.Contracts;
using TwoFactor.AspNetCore.Problems;
using TwoFactor.AspNetCore.Setup;

namespace TwoFactor.AspNetCore.Endpoints;

/// <summary>What set-ups answer, in a session and before one.</summary>
internal static class SetupAnswers
{
    public static Results<TwoFactorAnswer<EnrollmentOfferResponse>, TwoFactorProblem> Of(BeginSetupResult result, DateTimeOffset now) => result switch
    {
        BeginSetupResult.Started started => new TwoFactorAnswer<EnrollmentOfferResponse>(EnrollmentOfferResponse.Of(started.Offer)),
        BeginSetupResult.InvalidAccountName => new TwoFactorProblem(ProblemCode.AccountNameInvalid),
        BeginSetupResult.ProofRequired required => ProblemsOf.Of(required.Refusal),
        BeginSetupResult.LockedOut locked => ProblemsOf.Of(locked.Lock, now),
        BeginSetupResult.Contended => ProblemsOf.Contention,
        BeginSetupResult.RegionRefused region => ProblemsOf.Of(region.Reason),
        BeginSetupResult.NoSignIn => new TwoFactorProblem(ProblemCode.SignInVoid),
        BeginSetupResult.SessionEnded => new TwoFactorProblem(ProblemCode.Unauthenticated),
        _ => throw ProblemsOf.Unknown(result),
    };

    public static Results<TwoFactorAnswer<EnrollmentConfirmedResponse>, TwoFactorProblem> Of(ConfirmSetupResult result, DateTimeOffset now) => result switch
    {
        ConfirmSetupResult.Confirmed confirmed => new TwoFactorAnswer<EnrollmentConfirmedResponse>(EnrollmentConfirmedResponse.Of(confirmed)),
        ConfirmSetupResult.Refused refused => ProblemsOf.Of(refused.Refusal, now),
        ConfirmSetupResult.LockedOut locked => ProblemsOf.Of(locked.Lock, now),
        ConfirmSetupResult.NotPending => new TwoFactorProblem(ProblemCode.EnrollmentNotPending),
        ConfirmSetupResult.NoSignIn => new TwoFactorProblem(ProblemCode.SignInVoid),
        _ => throw ProblemsOf.Unknown(result),
    };
}
