using System.Text.Json;
using System.Text.Json.Serialization;

namespace TwoFactor.Accounts;

/// <summary>Writes an <see cref="EnrollmentId"/> as 32 hexadecimal digits.</summary>
internal sealed class EnrollmentIdJsonConverter : JsonConverter<EnrollmentId>
{
    public override EnrollmentId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        EnrollmentId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("An enrolment id is malformed.");

    public override void Write(Utf8JsonWriter writer, EnrollmentId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
