using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TwoFactor.AspNetCore.Cookies;
using TwoFactor.AspNetCore.Diagnostics;

namespace TwoFactor.AspNetCore.PendingSignIns;

/// <summary>
/// Keeps the half-finished sign-in in an encrypted cookie of its own. It is no authentication scheme, so no policy can take it for a session. The
/// challenge inside ends by itself and when it is used, whatever becomes of the cookie.
/// </summary>
internal sealed class PendingSignInCookie(
    IDataProtectionProvider protection, WebCookies cookies, TimeProvider time, ILogger<PendingSignInCookie> logger)
{
    /// <summary>The longest value that is written, in characters; with the headers of a request it stays below the limits of servers.</summary>
    private const int MaxLength = 12_000;

    private readonly IDataProtector _protector = protection.CreateProtector("TwoFactor.AspNetCore", "PendingSignIn", "v1");

    private string Name => cookies.NameOf("sign-in");

    public void Write(HttpContext context, PendingSignIn pending)
    {
        var value = Base64Url.EncodeToString(_protector.Protect(PendingSignInText.Write(pending)));
        if (value.Length > MaxLength)
        {
            throw new ArgumentException(
                "The claims of this user do not fit into a cookie. Give the sign-in few and short ones, and add the others at each request by IClaimsTransformation.",
                nameof(pending));
        }

        cookies.Write(context, Name, value, pending.ExpiresAt - time.GetUtcNow());
    }

    /// <summary>Null when there is none, it was not made here, or it has expired.</summary>
    public PendingSignIn? Read(HttpContext context)
    {
        if (cookies.Read(context, Name) is not { } value) return null;
        if (Open(value) is not { } pending)
        {
            WebLog.PendingSignInForged(logger);
            return null;
        }

        if (time.GetUtcNow() < pending.ExpiresAt) return pending;
        WebLog.PendingSignInExpired(logger);
        return null;
    }

    public void Delete(HttpContext context)
    {
        if (cookies.Read(context, Name) is not null) cookies.Delete(context, Name);
    }

    private PendingSignIn? Open(string value)
    {
        if (value.Length > MaxLength || !Base64Url.IsValid(value)) return null;
        try
        {
            return PendingSignInText.Read(_protector.Unprotect(Base64Url.DecodeFromChars(value)));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
