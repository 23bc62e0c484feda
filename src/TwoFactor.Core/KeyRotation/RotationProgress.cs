using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using TwoFactor.Accounts;

namespace TwoFactor.KeyRotation;

/// <summary>
/// How far a rotation has got. The caller keeps it, as <see cref="ToString"/> writes it, and hands it in again to go on, also in another
/// process. It holds ids and counts, no secret.
/// </summary>
public sealed record RotationProgress
{
    /// <summary>How many <see cref="Findings"/> are listed at most.</summary>
    public const int MaxFindings = 1000;

    /// <summary>The last user who was looked at; null at the beginning.</summary>
    public UserId? After { get; init; }

    /// <summary>True when every account was looked at.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Accounts looked at.</summary>
    public long Examined { get; init; }

    /// <summary>Accounts whose seeds this rotation has encrypted anew.</summary>
    public long Rotated { get; init; }

    /// <summary>Accounts that were left as they were: each needs what its <see cref="RotationProblem"/> says.</summary>
    public long Left { get; init; }

    /// <summary>The first of those left, at most <see cref="MaxFindings"/>, ordered by id.</summary>
    public ImmutableArray<RotationFinding> Findings { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>
    /// True when the rotation is complete and left nothing: no seed needs an old key any more, provided that no node of the application protects
    /// under one since before the rotation began.
    /// </summary>
    [JsonIgnore]
    public bool OldKeysCanGo => IsComplete && Left == 0;

    /// <summary>Something protected under the key that was current at the beginning, by which a later step sees whether it still is.</summary>
    internal ImmutableArray<byte> Marker { get; init; } = [];

    /// <summary>Text to keep.</summary>
    public override string ToString() => JsonSerializer.Serialize(new RotationDocument(this, [.. Marker]), RotationJsonContext.Default.RotationDocument);

    /// <summary>Reads what <see cref="ToString"/> wrote; null, never an exception, for anything else.</summary>
    public static RotationProgress? TryParse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        try
        {
            return JsonSerializer.Deserialize(text, RotationJsonContext.Default.RotationDocument) is { } document
                ? document.Progress with { Marker = [.. document.Marker] }
                : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }
}

internal sealed record RotationDocument(RotationProgress Progress, byte[] Marker);

/// <summary>How progress is written. Member names are part of the kept format.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RotationDocument))]
internal sealed partial class RotationJsonContext : JsonSerializerContext;
