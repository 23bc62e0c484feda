using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using TwoFactor.Accounts;

namespace TwoFactor.Sample.Web.Services.Invitations;

/// <summary>
/// The token in the link of an invitation e-mail: the user's id, encrypted and authenticated. It is worth something only while the user
/// has no password, and no list of tokens has to be kept.
/// </summary>
public sealed class InvitationLink(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("TwoFactor.Sample.Invitation");

    public string Write(UserId user) => _protector.Protect(user.Value);

    /// <summary>Null for anything that <see cref="Write"/> did not make.</summary>
    public UserId? Read(string? token)
    {
        if (string.IsNullOrEmpty(token)) return null;
        try
        {
            return new UserId(_protector.Unprotect(token));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
