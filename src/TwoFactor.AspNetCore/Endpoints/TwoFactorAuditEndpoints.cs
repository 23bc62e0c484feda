using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.AspNetCore.Endpoints;
using TwoFactor.AspNetCore.Endpoints.Contracts;
using TwoFactor.AspNetCore.Endpoints.Guarding;
using TwoFactor.AspNetCore.Problems;
using TwoFactor.Auditing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>The audit trail of an organisation, for its administrators.</summary>
public static class TwoFactorAuditEndpoints
{
    /// <summary><c>GET /admin/audit</c>: events, newest first, in pages.</summary>
    /// <exception cref="InvalidOperationException">The host's store cannot read audit events.</exception>
    public static RouteHandlerBuilder MapTwoFactorAudit(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/admin/audit", ReadAsync).Apply(endpoints, new()
    {
        Name = "ReadAudit",
        Tag = Tags.Administration,
        Summary = "Read the audit events of an organisation",
        Access = Access.Session,
        IsAdministrative = true,
        Needs = typeof(IAuditReader),
        Query =
        [
            QueryRules.Organization,
            QueryRules.User("subject"),
            QueryRules.Text("name", 100) with { IsRepeatable = true },
            QueryRules.Moment("from"),
            QueryRules.Moment("until"),
            QueryRules.Integer("pageSize", 1, AuditQuery.MaxPageSize),
            QueryRules.Parsed("after", "What `next` of the page before was.", text => AuditCursor.TryParse(text) is not null),
        ],
        Problems = [ProblemCode.NotAuthorized, ProblemCode.OtherOrganization],
    });

    /// <summary><c>GET /admin/audit/verify</c>: checks the hash chain of the organisation, or of one member's account.</summary>
    /// <exception cref="InvalidOperationException">The host's store cannot read audit events.</exception>
    public static RouteHandlerBuilder MapTwoFactorVerifyAudit(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/admin/audit/verify", VerifyAsync).Apply(endpoints, new()
    {
        Name = "VerifyAudit",
        // It reads a chain from end to end.
        IsCostly = true,
        Tag = Tags.Administration,
        Summary = "Check the hash chain of an organisation, or of a member's account",
        Description = "Without `subject` it is the organisation's own chain: who changed its policy.",
        Access = Access.Session,
        IsAdministrative = true,
        Needs = typeof(IAuditReader),
        Query = [QueryRules.Organization, QueryRules.User("subject")],
        Problems = [ProblemCode.NotAuthorized, ProblemCode.OtherOrganization],
    });

    private static async Task<Results<TwoFactorAnswer<AuditPageResponse>, TwoFactorProblem>> ReadAsync(
        Caller caller, string organization, string? subject, [FromQuery] string[]? name, string? from, string? until, int? pageSize, string? after,
        [FromServices] AuditService audit, CancellationToken cancellationToken)
    {
        var query = new AuditQuery
        {
            Subject = UserId.TryCreate(subject, out var user) ? user : null,
            Names = [.. name ?? []],
            From = Moment(from),
            Until = Moment(until),
            PageSize = pageSize ?? 50,
            After = AuditCursor.TryParse(after),
        };
        return await audit.QueryAsync(caller.UserId, new OrganizationId(organization), query, cancellationToken).ConfigureAwait(false) switch
        {
            AuditResult.Found found => new TwoFactorAnswer<AuditPageResponse>(AuditPageResponse.Of(found.Page)),
            AuditResult.Denied denied => ProblemsOf.Of(denied.Reason),
            var other => throw ProblemsOf.Unknown(other),
        };
    }

    private static async Task<Results<TwoFactorAnswer<AuditCheckResponse>, TwoFactorProblem>> VerifyAsync(
        Caller caller, string organization, string? subject, [FromServices] AuditService audit, CancellationToken cancellationToken)
    {
        var result = UserId.TryCreate(subject, out var user)
            ? await audit.VerifyAsync(caller.UserId, new OrganizationId(organization), user, cancellationToken).ConfigureAwait(false)
            : await audit.VerifyAsync(caller.UserId, new OrganizationId(organization), cancellationToken).ConfigureAwait(false);
        return result switch
        {
            AuditResult.Checked chain => new TwoFactorAnswer<AuditCheckResponse>(new AuditCheckResponse(chain.Length, chain.BrokenAt)),
            AuditResult.Denied denied => ProblemsOf.Of(denied.Reason),
            _ => throw ProblemsOf.Unknown(result),
        };
    }

    private static DateTimeOffset? Moment(string? text)
    {
        if (text is null) return null;
        return QueryRules.TryReadMoment(text, out var moment) ? moment : throw new UnreachableException("The guard lets no other value through.");
    }
}
