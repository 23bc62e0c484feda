using System.Text.Json.Serialization;

namespace TwoFactor.Accounts;

/// <summary>How accounts and proofs are written. Member names are part of the stored format.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(BytesJsonConverter)],
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AccountDocument))]
[JsonSerializable(typeof(Proof))]
internal sealed partial class AccountJsonContext : JsonSerializerContext;
