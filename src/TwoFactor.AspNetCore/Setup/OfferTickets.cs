using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using TwoFactor.Accounts;
using TwoFactor.Enrollment;

namespace TwoFactor.AspNetCore.Setup;

/// <summary>Offers as text that only this application can read, for one user, while they last.</summary>
internal sealed class OfferTickets(IDataProtectionProvider protection, TimeProvider time)
{
    private const int MaxLength = 16_000;

    public SetupOffer Issue(UserId user, EnrollmentOffer offer)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(OfferData.Of(offer), OfferJsonContext.Default.OfferData);
        try
        {
            return new SetupOffer(offer, Base64Url.EncodeToString(ProtectorOf(user).Protect(plain)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>Null for anything that <see cref="Issue"/> did not make for this user, and for what has expired.</summary>
    public EnrollmentOffer? Read(UserId user, string? ticket)
    {
        if (ticket is not { Length: > 0 and <= MaxLength } || !Base64Url.IsValid(ticket)) return null;
        byte[] plain;
        try
        {
            plain = ProtectorOf(user).Unprotect(Base64Url.DecodeFromChars(ticket));
        }
        catch (CryptographicException)
        {
            return null;
        }

        try
        {
            var offer = JsonSerializer.Deserialize(plain, OfferJsonContext.Default.OfferData)?.ToOffer();
            return offer is not null && time.GetUtcNow() < offer.ExpiresAt ? offer : null;
        }
        catch (JsonException)
        {
            // A ticket of another version of this package.
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private IDataProtector ProtectorOf(UserId user) => protection.CreateProtector("TwoFactor.AspNetCore", "Offer", "v1", user.Value);
}

internal sealed record OfferData(string Id, string Uri, string Key, string Issuer, string AccountName, DateTimeOffset ExpiresAt)
{
    public static OfferData Of(EnrollmentOffer offer) =>
        new(offer.EnrollmentId.ToString(), offer.Uri, offer.ManualKey, offer.Issuer, offer.AccountName, offer.ExpiresAt);

    public EnrollmentOffer? ToOffer() => EnrollmentId.TryParse(Id, out var id) ? new EnrollmentOffer(id, Uri, Key, Issuer, AccountName, ExpiresAt) : null;

    /// <summary>The id alone.</summary>
    public override string ToString() => $"OfferData {Id} (redacted)";
}

[JsonSourceGenerationOptions(MaxDepth = 4, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(OfferData))]
internal sealed partial class OfferJsonContext : JsonSerializerContext;
