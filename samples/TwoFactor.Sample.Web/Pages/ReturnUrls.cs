using Microsoft.AspNetCore.Mvc;

namespace TwoFactor.Sample.Web.Pages;

/// <summary>Where to go on. An address outside this site is dropped, so that a link to the sign-in page cannot send anybody elsewhere.</summary>
public static class ReturnUrls
{
    public static string OrHome(this IUrlHelper url, string? returnUrl) => url.IsLocalUrl(returnUrl) ? returnUrl : "/";
}
