using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Sessions;
using TwoFactor.AspNetCore.SignIn;
using TwoFactor.SignIn;

namespace TwoFactor.AspNetCore.PendingSignIns;

/// <summary>A half-finished sign-in as bytes, before they are protected.</summary>
internal static class PendingSignInText
{
    public static byte[] Write(PendingSignIn pending) => JsonSerializer.SerializeToUtf8Bytes(
        new PendingData
        {
            Challenge = pending.Challenge.Reveal(),
            Method = MethodData.Of(pending.Method),
            Client = pending.Client,
            Expires = pending.ExpiresAt.ToUnixTimeMilliseconds(),
            NeedsSetup = pending.NeedsSetup,
            Deadline = pending.Deadline?.ToUnixTimeMilliseconds(),
            RequiredBy = [.. pending.RequiredBy.Select(o => o.Value)],
            Attempts = pending.AttemptsLeft,
            HasBackupCodes = pending.HasBackupCodes,
            TrustDays = pending.TrustOfferDays,
            AccountName = pending.AccountName,
            ReturnUrl = pending.ReturnUrl,
            IsPersistent = pending.IsPersistent,
            Claims = [.. pending.Claims.Select(c => new ClaimData(c.Type, c.Value, c.ValueType, c.Issuer))],
        },
        PendingJsonContext.Default.PendingData);

    /// <summary>Null for anything that <see cref="Write"/> did not make.</summary>
    public static PendingSignIn? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, PendingJsonContext.Default.PendingData) is { } data ? Of(data) : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // ArgumentException: an id or a provider's name that could not be made.
            return null;
        }
    }

    private static PendingSignIn? Of(PendingData data)
    {
        if (!ChallengeToken.TryParse(data.Challenge, out var challenge)) return null;
        if (data.Method.ToMethod() is not { } method || !Enum.IsDefined(data.Client) || !Moments.TryRead(data.Expires, out var expires)) return null;
        DateTimeOffset? deadline = data.Deadline is { } d && Moments.TryRead(d, out var moment) ? moment : null;
        return new PendingSignIn(challenge)
        {
            Method = method,
            Client = data.Client,
            ExpiresAt = expires,
            NeedsSetup = data.NeedsSetup,
            Deadline = deadline,
            RequiredBy = [.. data.RequiredBy.Select(o => new OrganizationId(o))],
            AttemptsLeft = data.Attempts,
            HasBackupCodes = data.HasBackupCodes,
            TrustOfferDays = data.TrustDays,
            AccountName = data.AccountName,
            ReturnUrl = ReturnUrls.IsLocal(data.ReturnUrl) ? data.ReturnUrl : null,
            IsPersistent = data.IsPersistent,
            Claims = [.. data.Claims.Select(c => new Claim(c.Type, c.Value, c.ValueType, c.Issuer))],
        };
    }
}

internal sealed record PendingData
{
    public required string Challenge { get; init; }
    public required MethodData Method { get; init; }
    public required ClientKind Client { get; init; }
    public required long Expires { get; init; }
    public bool NeedsSetup { get; init; }
    public long? Deadline { get; init; }
    public string[] RequiredBy { get; init; } = [];
    public int Attempts { get; init; }
    public bool HasBackupCodes { get; init; }
    public int? TrustDays { get; init; }
    public required string AccountName { get; init; }
    public string? ReturnUrl { get; init; }
    public bool IsPersistent { get; init; }
    public ClaimData[] Claims { get; init; } = [];
}

internal sealed record ClaimData(string Type, string Value, string ValueType, string Issuer);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, MaxDepth = 8, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PendingData))]
internal sealed partial class PendingJsonContext : JsonSerializerContext;
