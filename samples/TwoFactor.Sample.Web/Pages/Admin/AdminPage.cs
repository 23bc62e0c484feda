using System.Collections.Immutable;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.AspNetCore.Authorization;
using TwoFactor.Sample.Web.Data;

namespace TwoFactor.Sample.Web.Pages.Admin;

/// <summary>
/// A page of the administration of one organisation. Who may see or do what is decided, and denials are recorded, by the services that
/// each page calls; the role here only says which tabs and forms are worth showing. A code is asked for first, a trusted browser or not, and who has no
/// authenticator sets one up.
/// </summary>
[RequireFreshTwoFactor(1800)]
public abstract class AdminPage(TenantDirectory tenants) : SessionPageModel
{
    private Tenant? _tenant;

    [BindProperty(SupportsGet = true, Name = "tenant")]
    public string TenantId { get; set; } = "";

    public Tenant Organization => _tenant ?? throw new InvalidOperationException("The page was reached without an organisation.");

    public OrganizationId OrganizationId => Organization.OrganizationId;

    public AdministratorRole Role { get; private set; }

    /// <summary>All organisations that the user administrates, for the switcher.</summary>
    public ImmutableArray<(Tenant Tenant, AdministratorRole Role)> Administered { get; private set; } = [];

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        _tenant = await tenants.FindAsync(TenantId, HttpContext.RequestAborted);
        if (_tenant is null)
        {
            context.Result = NotFound();
            return;
        }

        Administered = await tenants.AdministeredByAsync(Me.UserId, HttpContext.RequestAborted);
        Role = Administered.FirstOrDefault(pair => pair.Tenant.Id == TenantId).Role;
        await next();
    }

    /// <summary>The answer to who may not: a page that says so.</summary>
    protected IActionResult Forbidden() => StatusCode(StatusCodes.Status403Forbidden);
}
