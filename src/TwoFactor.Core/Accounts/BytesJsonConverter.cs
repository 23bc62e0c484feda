using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TwoFactor.Accounts;

/// <summary>Writes bytes as Base64 instead of a list of numbers.</summary>
internal sealed class BytesJsonConverter : JsonConverter<ImmutableArray<byte>>
{
    public override ImmutableArray<byte> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TryGetBytesFromBase64(out var bytes)
            ? ImmutableCollectionsMarshal.AsImmutableArray(bytes)
            : throw new JsonException("Bytes are not Base64.");

    public override void Write(Utf8JsonWriter writer, ImmutableArray<byte> value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value.AsSpan());
}
