using Microsoft.AspNetCore.Mvc;
using TwoFactor.Administration;
using TwoFactor.Sample.Web.Data;

namespace TwoFactor.Sample.Web.Pages.Admin;

/// <summary>Leads to the first page that the role has.</summary>
public sealed class IndexModel(TenantDirectory tenants) : AdminPage(tenants)
{
    public IActionResult OnGet() => Role switch
    {
        AdministratorRole.SystemAdministrator => RedirectToPage("Security", new { tenant = TenantId }),
        AdministratorRole.None => Forbidden(),
        _ => RedirectToPage("Users", new { tenant = TenantId }),
    };
}
