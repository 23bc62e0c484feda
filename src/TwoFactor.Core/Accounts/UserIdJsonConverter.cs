using System.Text.Json;
using System.Text.Json.Serialization;

namespace TwoFactor.Accounts;

/// <summary>Writes a <see cref="UserId"/> as its string.</summary>
internal sealed class UserIdJsonConverter : JsonConverter<UserId>
{
    public override UserId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString();
        return text is not null && PlainText.IsIdentifier(text, UserId.MaxLength) ? new UserId(text) : throw new JsonException("A user id is malformed.");
    }

    public override void Write(Utf8JsonWriter writer, UserId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
