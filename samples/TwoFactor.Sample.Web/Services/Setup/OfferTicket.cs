using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using TwoFactor.Accounts;
using TwoFactor.Enrollment;

namespace TwoFactor.Sample.Web.Services.Setup;

/// <summary>
/// Carries the offer of a new authenticator through the form that confirms it, encrypted and bound to the user: after a mistyped code the
/// same QR code is shown again, and the server keeps no readable seed meanwhile.
/// </summary>
public sealed class OfferTicket(IDataProtectionProvider protection)
{
    public string Write(UserId user, EnrollmentOffer offer) => ProtectorOf(user).Protect(JsonSerializer.Serialize(offer));

    /// <summary>Null for anything that <see cref="Write"/> did not make for this user.</summary>
    public EnrollmentOffer? Read(UserId user, string? ticket)
    {
        if (string.IsNullOrEmpty(ticket)) return null;
        try
        {
            return JsonSerializer.Deserialize<EnrollmentOffer>(ProtectorOf(user).Unprotect(ticket));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector ProtectorOf(UserId user) => protection.CreateProtector("TwoFactor.Sample.Offer", user.Value);
}
