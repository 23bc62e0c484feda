using Microsoft.AspNetCore.Mvc;
using TwoFactor.Administration;
using TwoFactor.Sample.Web.Data;

namespace TwoFactor.Sample.Web.Pages.Admin;

/// <summary>Leads to the first page that the role has; who has none is denied there, and recorded.</summary>
public sealed class IndexModel(TenantDirectory tenants) : AdminPage(tenants)
{
    public IActionResult OnGet() => RedirectToPage(Role == AdministratorRole.SystemAdministrator ? "Security" : "Users", new { tenant = TenantId });
}
