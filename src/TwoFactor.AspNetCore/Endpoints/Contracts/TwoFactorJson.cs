using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TwoFactor.AspNetCore.Problems;

namespace TwoFactor.AspNetCore.Endpoints.Contracts;

/// <summary>
/// How the API reads and writes, whatever the host has set for its own JSON: camelCase, strict (an unknown, missing or repeated member is refused), by
/// generated code.
/// </summary>
internal static class TwoFactorJson
{
    public static JsonTypeInfo<ProblemResponse> Problem { get; } = TwoFactorJsonContext.Default.ProblemResponse;

    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)(TwoFactorJsonContext.Default.GetTypeInfo(typeof(T))
        ?? throw new InvalidOperationException($"{typeof(T).Name} is not part of the contract: add it to {nameof(TwoFactorJsonContext)}."));
}

/// <summary>The types of the contract.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(ProblemResponse))]
[JsonSerializable(typeof(StatusResponse))]
[JsonSerializable(typeof(AntiforgeryResponse))]
[JsonSerializable(typeof(VerifySignInRequest))]
[JsonSerializable(typeof(StepUpRequest))]
[JsonSerializable(typeof(PendingSignInResponse))]
[JsonSerializable(typeof(SignedInResponse))]
[JsonSerializable(typeof(SteppedUpResponse))]
[JsonSerializable(typeof(NothingRequest))]
[JsonSerializable(typeof(EnrollmentOfferResponse))]
[JsonSerializable(typeof(ConfirmEnrollmentRequest))]
[JsonSerializable(typeof(EnrollmentConfirmedResponse))]
[JsonSerializable(typeof(QrCodeRequest))]
[JsonSerializable(typeof(BackupCodeStatusResponse))]
[JsonSerializable(typeof(BackupCodesResponse))]
[JsonSerializable(typeof(UnregisteredResponse))]
[JsonSerializable(typeof(UnlockUserRequest))]
[JsonSerializable(typeof(ResetUserRequest))]
[JsonSerializable(typeof(ReasonRequest))]
[JsonSerializable(typeof(ExtendGraceRequest))]
[JsonSerializable(typeof(ExemptUserRequest))]
[JsonSerializable(typeof(UserPageResponse))]
[JsonSerializable(typeof(UserDetailsResponse))]
[JsonSerializable(typeof(PolicyDocument))]
[JsonSerializable(typeof(AuditPageResponse))]
[JsonSerializable(typeof(AuditCheckResponse))]
[JsonSerializable(typeof(TrustedDevicesResponse))]
[JsonSerializable(typeof(RevokedResponse))]
internal sealed partial class TwoFactorJsonContext : JsonSerializerContext;
