using System.Collections.Immutable;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using TwoFactor.Administration;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Sample.Web.Services.Texts;
using TwoFactor.Status;

namespace TwoFactor.Sample.Web.Pages.Admin;

/// <summary>The users of an organisation with where each stands: search, filters, order, pages.</summary>
public sealed class UsersModel(TenantDirectory tenants, UserListService users) : AdminPage(tenants)
{
    public const int PageSize = 20;

    [BindProperty(SupportsGet = true)]
    public string? Search { get; set; }

    /// <summary>"enabled", "disabled", or nothing for both.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Factor { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Status { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Descending { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public UserListSort Order => Enum.TryParse<UserListSort>(Sort, out var order) && Enum.IsDefined(order) ? order : UserListSort.Name;

    public ImmutableArray<UserListItem> Found { get; private set; } = [];

    public string? Next { get; private set; }

    public bool IsFiltered => !string.IsNullOrEmpty(Search) || !string.IsNullOrEmpty(Factor) || !string.IsNullOrEmpty(Status);

    public IEnumerable<SelectListItem> FactorOptions => [new("On and off", ""), new("2FA enabled", "enabled"), new("2FA disabled", "disabled")];

    public IEnumerable<SelectListItem> StatusOptions =>
        [new("Any status", ""), .. Enum.GetValues<UserStatusKind>().Select(kind => new SelectListItem(UserStatusText.Of(kind), kind.ToString()))];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var query = new UserListQuery
        {
            Search = string.IsNullOrWhiteSpace(Search) ? null : Search.Trim(),
            Enabled = Factor switch { "enabled" => true, "disabled" => false, _ => null },
            Statuses = Enum.TryParse<UserStatusKind>(Status, out var kind) && Enum.IsDefined(kind) ? [kind] : [],
            Sort = Order,
            Descending = Descending,
            PageSize = PageSize,
            After = UserListCursor.TryParse(After),
        };
        switch (await users.QueryAsync(Me.UserId, OrganizationId, query, cancellationToken))
        {
            case UserListResult.Page page:
                (Found, Next) = (page.Users, page.Next?.ToString());
                return Page();
            case UserListResult.Denied:
                return Forbidden();
            default:
                ModelState.AddModelError(nameof(Search), "Search for up to 100 characters of a name or e-mail address.");
                return Page();
        }
    }

    /// <summary>The address of this list with another order.</summary>
    public string? SortUrl(UserListSort sort) => Url.Page("Users", new
    {
        tenant = TenantId,
        Search,
        Factor,
        Status,
        sort = sort.ToString(),
        descending = Order == sort && !Descending ? "true" : null,
    });

    public string? NextUrl => PageUrl(Next);

    public string? FirstUrl => PageUrl(null);

    private string? PageUrl(string? after) =>
        Url.Page("Users", new { tenant = TenantId, Search, Factor, Status, Sort, descending = Descending ? "true" : null, after });
}
