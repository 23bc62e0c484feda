using System.Text.Json;
using System.Text.Json.Serialization;
using TwoFactor.Accounts;

namespace TwoFactor.Enforcement;

/// <summary>Turns an organisation's record into bytes for a store, and back: UTF-8 JSON with a schema number.</summary>
public static class PolicySerializer
{
    /// <summary>The bytes to store.</summary>
    public static byte[] Serialize(Organization organization)
    {
        ArgumentNullException.ThrowIfNull(organization);
        return JsonSerializer.SerializeToUtf8Bytes(organization, PolicyJsonContext.Default.Organization);
    }

    /// <summary>Reads stored bytes.</summary>
    /// <exception cref="InvalidDataException">They are damaged, or hold a policy of a schema that is newer than this version of the library.</exception>
    public static Organization Deserialize(ReadOnlySpan<byte> bytes)
    {
        Organization? organization;
        try
        {
            organization = JsonSerializer.Deserialize(bytes, PolicyJsonContext.Default.Organization);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or NotSupportedException)
        {
            throw new InvalidDataException("A stored organisation is damaged, or was written by a newer version of the library.", e);
        }

        if (organization is null || organization.Id.IsDefault) throw new InvalidDataException("A stored organisation is damaged.");
        return organization.Policy is not { } policy || policy.Schema == OrganizationPolicy.CurrentSchema
            ? organization
            : throw new InvalidDataException($"A stored policy has schema {policy.Schema}; this version reads {OrganizationPolicy.CurrentSchema}. Was it written by a newer version?");
    }

    internal static string ToJson(OrganizationPolicy policy) => JsonSerializer.Serialize(policy, PolicyJsonContext.Default.OrganizationPolicy);
}

/// <summary>How policies are written. Member names are part of the stored format.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true,
    Converters = [typeof(BytesJsonConverter)],
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Organization))]
[JsonSerializable(typeof(OrganizationPolicy))]
internal sealed partial class PolicyJsonContext : JsonSerializerContext;
