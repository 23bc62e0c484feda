using System.Text.Json;
using System.Text.Json.Serialization;

namespace TwoFactor.Accounts;

/// <summary>Writes an <see cref="OrganizationId"/> as its string.</summary>
internal sealed class OrganizationIdJsonConverter : JsonConverter<OrganizationId>
{
    public override OrganizationId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString();
        return text is not null && PlainText.IsIdentifier(text, OrganizationId.MaxLength)
            ? new OrganizationId(text)
            : throw new JsonException("An organization id is malformed.");
    }

    public override void Write(Utf8JsonWriter writer, OrganizationId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
