using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.AspNetCore.Endpoints;
using TwoFactor.AspNetCore.Endpoints.Contracts;
using TwoFactor.AspNetCore.Endpoints.Guarding;
using TwoFactor.AspNetCore.Problems;
using TwoFactor.Status;

namespace Microsoft.AspNetCore.Builder;

/// <summary>The users of an organisation, for its administrators.</summary>
public static class TwoFactorUserEndpoints
{
    /// <summary><c>GET /admin/users</c>: search, filters, order, pages.</summary>
    /// <exception cref="InvalidOperationException">The host has no source of user lists.</exception>
    public static RouteHandlerBuilder MapTwoFactorUsers(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/admin/users", ListAsync).Apply(endpoints, new()
    {
        Name = "ListUsers",
        Tag = Tags.Administration,
        Summary = "List the users of an organisation with where they stand",
        Description = "The next page is asked for with the same parameters and `after`. A page can be short, even empty, and have a next one.",
        Access = Access.Session,
        IsAdministrative = true,
        Needs = typeof(IUserListSource),
        Query =
        [
            QueryRules.Organization,
            QueryRules.Text("search", 100),
            QueryRules.Boolean("enabled"),
            QueryRules.OneOf<UserStatusKind>("status") with { IsRepeatable = true },
            QueryRules.OneOf<UserListSort>("sort"),
            QueryRules.Boolean("descending"),
            QueryRules.Integer("pageSize", 1, UserListQuery.MaxPageSize),
            QueryRules.Parsed("after", "What `next` of the page before was.", text => UserListCursor.TryParse(text) is not null),
        ],
        Problems = [ProblemCode.NotAuthorized],
    });

    /// <summary><c>GET /admin/users/{user}</c>: one user, and how the organisation's rules stand for him.</summary>
    /// <exception cref="InvalidOperationException">The host has no source of user lists.</exception>
    public static RouteHandlerBuilder MapTwoFactorUser(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/admin/users/{user}", GetAsync).Apply(endpoints, new()
    {
        Name = "GetUser",
        Tag = Tags.Administration,
        Summary = "Show a user with the rules that bind him",
        Access = Access.Session,
        IsAdministrative = true,
        Needs = typeof(IUserListSource),
        Query = [QueryRules.Organization],
        Problems = [ProblemCode.NotAuthorized, ProblemCode.OtherOrganization, ProblemCode.UserNotFound],
    });

    private static async Task<Results<TwoFactorAnswer<UserPageResponse>, TwoFactorProblem>> ListAsync(
        Caller caller, string organization, string? search, bool? enabled, [FromQuery] string[]? status, string? sort, bool? descending, int? pageSize, string? after,
        [FromServices] UserListService users, CancellationToken cancellationToken)
    {
        var query = new UserListQuery
        {
            Search = string.IsNullOrEmpty(search) ? null : search,
            Enabled = enabled,
            Statuses = [.. (status ?? []).Select(Parse<UserStatusKind>).Distinct()],
            Sort = sort is null ? UserListSort.Name : Parse<UserListSort>(sort),
            Descending = descending is true,
            PageSize = pageSize ?? 50,
            After = UserListCursor.TryParse(after),
        };
        return await users.QueryAsync(caller.UserId, new OrganizationId(organization), query, cancellationToken).ConfigureAwait(false) switch
        {
            UserListResult.Page page => new TwoFactorAnswer<UserPageResponse>(new([.. page.Users.Select(UserResponse.Of)], page.Next?.ToString())),
            UserListResult.Denied denied => ProblemsOf.Of(denied.Reason),
            UserListResult.Invalid invalid => ProblemsOf.OfParameter(char.ToLowerInvariant(invalid.Field[0]) + invalid.Field[1..], "It is not well-formed."),
            var other => throw ProblemsOf.Unknown(other),
        };
    }

    private static async Task<Results<TwoFactorAnswer<UserDetailsResponse>, TwoFactorProblem>> GetAsync(
        Caller caller, PathUser user, string organization, [FromServices] UserListService users, CancellationToken cancellationToken) =>
        await users.GetAsync(caller.UserId, new OrganizationId(organization), user.Id, cancellationToken).ConfigureAwait(false) switch
        {
            UserDetailsResult.Found found => new TwoFactorAnswer<UserDetailsResponse>(UserDetailsResponse.Of(found)),
            UserDetailsResult.NotFound => new TwoFactorProblem(ProblemCode.UserNotFound),
            UserDetailsResult.Denied denied => ProblemsOf.Of(denied.Reason),
            var other => throw ProblemsOf.Unknown(other),
        };

    private static T Parse<T>(string text) where T : struct, Enum =>
        WireNames.TryParse<T>(text, out var value) ? value : throw new InvalidOperationException("The guard lets no other value through.");
}
