using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TwoFactor.Accounts;

/// <summary>
/// What a passed second factor yields: who, with what, when. Sensitive operations ask for a fresh one. It is not a secret, but it is
/// evidence: a host that lets it leave the process carries it only inside something it protects against change, such as its encrypted
/// session cookie.
/// </summary>
public sealed record Proof
{
    [JsonConstructor]
    internal Proof()
    {
    }

    /// <summary>Who proved it.</summary>
    public required UserId UserId { get; init; }

    /// <summary>What was used.</summary>
    public required MfaFactorType Factor { get; init; }

    /// <summary>The enrolment that it belongs to.</summary>
    public required EnrollmentId EnrollmentId { get; init; }

    /// <summary>The account's epoch at that time; the proof is void once the epoch has moved on.</summary>
    public required long Epoch { get; init; }

    /// <summary>When the factor was passed.</summary>
    public required DateTimeOffset ProvedAt { get; init; }

    /// <summary>The first factor it followed; null when it was made inside a session (confirmation, step-up).</summary>
    public SignInMethod? Method { get; init; }

    /// <summary>True when a trusted device stood in for the factor. Such a proof never satisfies a sensitive operation.</summary>
    public bool ViaTrust { get; init; }

    /// <summary>True when a backup code was used.</summary>
    [JsonIgnore]
    public bool ViaRecovery => Factor == MfaFactorType.BackupCode;

    /// <summary>True when the proof is not older than <paramref name="maxAge"/> at <paramref name="now"/>.</summary>
    public bool IsFresh(DateTimeOffset now, TimeSpan maxAge) => now - ProvedAt <= maxAge;

    /// <summary>Text for the host's protected session; see the type's remark on protection.</summary>
    public string Serialize() => JsonSerializer.Serialize(this, AccountJsonContext.Default.Proof);

    /// <summary>Reads what <see cref="Serialize"/> wrote; false, never an exception, for anything else.</summary>
    public static bool TryDeserialize(string? text, [NotNullWhen(true)] out Proof? proof)
    {
        proof = null;
        if (string.IsNullOrEmpty(text) || text.Length > 4096) return false;
        try
        {
            proof = JsonSerializer.Deserialize(text, AccountJsonContext.Default.Proof);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // ArgumentException: half a surrogate pair, which is no UTF-8.
            return false;
        }

        return proof is not null && Enum.IsDefined(proof.Factor) && !proof.UserId.IsDefault;
    }
}
