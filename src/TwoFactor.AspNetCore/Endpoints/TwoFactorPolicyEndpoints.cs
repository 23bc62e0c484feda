using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.AspNetCore.Endpoints;
using TwoFactor.AspNetCore.Endpoints.Contracts;
using TwoFactor.AspNetCore.Endpoints.Guarding;
using TwoFactor.AspNetCore.Problems;

namespace Microsoft.AspNetCore.Builder;

/// <summary>An organisation's policy, for its administrators.</summary>
public static class TwoFactorPolicyEndpoints
{
    /// <summary><c>GET /admin/policy</c>.</summary>
    public static RouteHandlerBuilder MapTwoFactorPolicy(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/admin/policy", ReadAsync).Apply(endpoints, new()
    {
        Name = "GetPolicy",
        Tag = Tags.Administration,
        Summary = "Read an organisation's policy",
        Access = Access.Session,
        IsAdministrative = true,
        Query = [QueryRules.Organization],
        Problems = [ProblemCode.NotAuthorized],
    });

    /// <summary><c>PUT /admin/policy</c>: replaces the policy of the version that was read.</summary>
    public static RouteHandlerBuilder MapTwoFactorSavePolicy(this IEndpointRouteBuilder endpoints) => endpoints.MapPut("/admin/policy", SaveAsync).Apply(endpoints, new()
    {
        Name = "SavePolicy",
        Tag = Tags.Administration,
        Summary = "Replace an organisation's policy",
        Description = "It is replaced as a whole: what is left out gets its default. It holds from the next sign-in; no session ends.",
        Access = Access.Session,
        IsAdministrative = true,
        Body = new BodyRule(TwoFactorJson.Of<PolicyDocument>(), IsOptional: false, IsPolicy: true),
        Query = [QueryRules.Organization],
        Problems = [ProblemCode.NotAuthorized, ProblemCode.PolicyInvalid, ProblemCode.PolicyConflict, ProblemCode.MembersUseTwoFactor, ProblemCode.NoAdministratorLeft],
    });

    private static async Task<Results<TwoFactorAnswer<PolicyDocument>, TwoFactorProblem>> ReadAsync(
        Caller caller, string organization, [FromServices] PolicyAdministrationService policies, CancellationToken cancellationToken) =>
        await policies.ReadAsync(caller.UserId, new OrganizationId(organization), cancellationToken).ConfigureAwait(false) switch
        {
            ReadPolicyResult.Found found => new TwoFactorAnswer<PolicyDocument>(PolicyWriter.Write(found.Policy)),
            ReadPolicyResult.Denied denied => ProblemsOf.Of(denied.Reason),
            var other => throw ProblemsOf.Unknown(other),
        };

    private static async Task<Results<TwoFactorAnswer<PolicyDocument>, TwoFactorProblem>> SaveAsync(
        Caller caller, string organization, JsonBody<PolicyDocument> body, [FromServices] PolicyAdministrationService policies, CancellationToken cancellationToken)
    {
        var reader = new PolicyReader();
        var policy = reader.Read(body.Required, new OrganizationId(organization));
        // Whoever may not change it is told so, and the denial recorded, whatever else is wrong: a policy that cannot be read is the core's to refuse, too.
        return await policies.SaveAsync(caller.UserId, policy, cancellationToken).ConfigureAwait(false) switch
        {
            SavePolicyResult.Saved saved => new TwoFactorAnswer<PolicyDocument>(PolicyWriter.Write(saved.Policy)),
            SavePolicyResult.Denied denied => ProblemsOf.Of(denied.Reason),
            SavePolicyResult.Invalid invalid => new TwoFactorProblem(ProblemCode.PolicyInvalid) { Errors = reader.FaultsWith(invalid.Errors) },
            SavePolicyResult.Conflict conflict => new TwoFactorProblem(ProblemCode.PolicyConflict) { CurrentVersion = conflict.Current.Version },
            SavePolicyResult.MembersUseTwoFactor use => new TwoFactorProblem(ProblemCode.MembersUseTwoFactor) { Members = [.. use.Members.Select(id => id.Value)] },
            SavePolicyResult.NoAdministratorLeft left => new TwoFactorProblem(ProblemCode.NoAdministratorLeft) { Members = [.. left.Stopped.Select(s => s.UserId.Value)] },
            var other => throw ProblemsOf.Unknown(other),
        };
    }
}
