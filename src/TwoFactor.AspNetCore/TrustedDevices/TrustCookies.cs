using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Cookies;

namespace TwoFactor.AspNetCore.TrustedDevices;

/// <summary>
/// The tokens of a browser that is trusted, a cookie for each user, so that people who share a browser keep theirs. The names hold a hash of the
/// user's id.
/// </summary>
internal sealed class TrustCookies(WebCookies cookies, IOptions<TwoFactorWebOptions> options)
{
    private readonly int _max = options.Value.MaxTrustedUsersPerBrowser;

    private string Prefix => cookies.NameOf("trust-");

    /// <summary>The text that the browser keeps for a user; null for none.</summary>
    public string? Read(HttpContext context, UserId user) => cookies.Read(context, NameOf(user));

    public void Write(HttpContext context, UserId user, string token, TimeSpan maxAge)
    {
        var name = NameOf(user);
        // Browsers send the oldest first (RFC 6265, 5.4), so the first ones make room.
        var others = context.Request.Cookies.Keys.Where(key => key != name && key.StartsWith(Prefix, StringComparison.Ordinal)).ToList();
        foreach (var oldest in others.Take(others.Count - (_max - 1))) cookies.Delete(context, oldest);
        cookies.Write(context, name, token, maxAge);
    }

    public void Delete(HttpContext context, UserId user)
    {
        var name = NameOf(user);
        if (cookies.Read(context, name) is not null) cookies.Delete(context, name);
    }

    /// <summary>96 bits of a hash tell the users of one browser apart; that they are not a secret does no harm.</summary>
    internal string NameOf(UserId user) => Prefix + Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(user.Value)).AsSpan(0, 12));
}
