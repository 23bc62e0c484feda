using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.HttpResults;

namespace TwoFactor.AspNetCore.SignIn;

/// <summary>Where to go on. An address outside of this site is dropped, so that a link to the sign-in page cannot send anybody elsewhere.</summary>
public static class ReturnUrls
{
    /// <summary>The address if it lies on this site, otherwise <c>/</c>.</summary>
    public static string OrHome(string? url) => IsLocal(url) ? url : "/";

    /// <summary>True for a path on this site: it begins with one <c>/</c> and has no host and no control character.</summary>
    public static bool IsLocal([NotNullWhen(true)] string? url) => url is ['/', ..] && RedirectHttpResult.IsLocalUrl(url);
}
