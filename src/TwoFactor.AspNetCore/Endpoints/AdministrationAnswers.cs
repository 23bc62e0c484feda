using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using TwoFactor.Administration;
using TwoFactor.AspNetCore.Problems;

namespace TwoFactor.AspNetCore.Endpoints;

/// <summary>What acts on users answer.</summary>
internal static class AdministrationAnswers
{
    public static Results<NoContent, TwoFactorProblem> Of(AdministrationResult result) => result switch
    {
        AdministrationResult.Done => TypedResults.NoContent(),
        AdministrationResult.Denied denied => ProblemsOf.Of(denied.Reason),
        AdministrationResult.Invalid invalid => new TwoFactorProblem(ProblemCode.ValueInvalid) { Errors = [new(FieldOf(invalid.Field), invalid.Message)] },
        AdministrationResult.NotEnrolled => new TwoFactorProblem(ProblemCode.NotEnrolled),
        AdministrationResult.NeedsReset => new TwoFactorProblem(ProblemCode.ResetNeeded),
        AdministrationResult.Contended => ProblemsOf.Contention,
        AdministrationResult.RegionRefused region => ProblemsOf.Of(region.Reason),
        _ => throw ProblemsOf.Unknown(result),
    };

    /// <summary>The core's parameter as the member of the body that it came in.</summary>
    private static string FieldOf(string parameter) => parameter == "extra" ? "$.days" : "$." + parameter;
}
