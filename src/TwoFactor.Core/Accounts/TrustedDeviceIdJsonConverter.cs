using System.Text.Json;
using System.Text.Json.Serialization;

namespace TwoFactor.Accounts;

/// <summary>Writes a <see cref="TrustedDeviceId"/> as 32 hexadecimal digits.</summary>
internal sealed class TrustedDeviceIdJsonConverter : JsonConverter<TrustedDeviceId>
{
    public override TrustedDeviceId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TrustedDeviceId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("The id of a trusted device is malformed.");

    public override void Write(Utf8JsonWriter writer, TrustedDeviceId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
