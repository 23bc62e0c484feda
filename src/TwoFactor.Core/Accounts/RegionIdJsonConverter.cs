using System.Text.Json;
using System.Text.Json.Serialization;

namespace TwoFactor.Accounts;

/// <summary>Writes a <see cref="RegionId"/> as its name.</summary>
internal sealed class RegionIdJsonConverter : JsonConverter<RegionId>
{
    public override RegionId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } name && RegionId.IsValid(name) ? new RegionId(name) : throw new JsonException("A region's name is malformed.");

    public override void Write(Utf8JsonWriter writer, RegionId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
