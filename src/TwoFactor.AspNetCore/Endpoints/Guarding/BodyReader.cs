using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using TwoFactor.AspNetCore.Problems;

namespace TwoFactor.AspNetCore.Endpoints.Guarding;

/// <summary>
/// Reads a body once: its type, its size, its syntax, its shape, each with an answer of its own. Text from outside is in no answer, and neither is the
/// deserialiser's message, which names types.
/// </summary>
internal static class BodyReader
{
    private static readonly SearchValues<char> s_plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789$._-[]");
    private static readonly JsonDocumentOptions s_syntax = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>Refuses by what the headers say, before anything is read.</summary>
    public static TwoFactorProblem? RefuseHeaders(HttpContext context, BodyRule rule, int maxBytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = maxBytes;
        if (context.Request.ContentLength > maxBytes) return new(ProblemCode.BodyTooLarge);
        return rule.IsOptional && context.Request.ContentType is null || IsJson(context.Request.ContentType) ? null : new(ProblemCode.UnsupportedMediaType);
    }

    /// <summary>The value, or why there is none; both null for a body that may be left out and was.</summary>
    public static async ValueTask<(object? Value, TwoFactorProblem? Problem)> ReadAsync(HttpContext context, BodyRule rule, int maxBytes)
    {
        var (bytes, problem) = await ReadBytesAsync(context, maxBytes).ConfigureAwait(false);
        if (problem is not null) return (null, problem);
        if (bytes.Length == 0) return (null, rule.IsOptional ? null : new TwoFactorProblem(ProblemCode.BodyMissing));
        try
        {
            // The parser looks at the encoding of what it is asked for only.
            if (!Utf8.IsValid(bytes)) return (null, new TwoFactorProblem(ProblemCode.JsonMalformed));
            using var document = JsonDocument.Parse(bytes, s_syntax);
            return Shape(document.RootElement, rule.Type);
        }
        catch (JsonException)
        {
            return (null, new TwoFactorProblem(ProblemCode.JsonMalformed));
        }
        finally
        {
            // It may have held a code.
            Array.Clear(bytes);
        }
    }

    private static (object? Value, TwoFactorProblem? Problem) Shape(JsonElement root, JsonTypeInfo type)
    {
        if (root.ValueKind != JsonValueKind.Object) return (null, ProblemsOf.OfBody("$"));
        try
        {
            return (root.Deserialize(type), null);
        }
        catch (JsonException e)
        {
            return (null, ProblemsOf.OfBody(PathOf(e)));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // Half a surrogate pair, which is no text.
            return (null, ProblemsOf.OfBody("$"));
        }
    }

    /// <summary>The path; the object alone when a name in it, which is the sender's, is nothing that a developer would write.</summary>
    private static string PathOf(JsonException e) => e.Path is { Length: > 0 and <= 200 } path && !path.AsSpan().ContainsAnyExcept(s_plain) ? path : "$";

    private static async ValueTask<(byte[] Bytes, TwoFactorProblem? Problem)> ReadBytesAsync(HttpContext context, int maxBytes)
    {
        var reader = context.Request.BodyReader;
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(context.RequestAborted).ConfigureAwait(false);
                var (buffer, consumed) = (result.Buffer, result.Buffer.Start);
                try
                {
                    if (buffer.Length > maxBytes) return ([], new(ProblemCode.BodyTooLarge));
                    if (!result.IsCompleted) continue;
                    consumed = buffer.End;
                    return (buffer.ToArray(), null);
                }
                finally
                {
                    reader.AdvanceTo(consumed, buffer.End);
                }
            }
        }
        catch (BadHttpRequestException e)
        {
            return ([], new(e.StatusCode == StatusCodes.Status413PayloadTooLarge ? ProblemCode.BodyTooLarge : ProblemCode.BodyUnreadable));
        }
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals(Encoding.UTF8.WebName, StringComparison.OrdinalIgnoreCase));
}
