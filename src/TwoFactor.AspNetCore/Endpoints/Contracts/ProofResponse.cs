using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Problems;

namespace TwoFactor.AspNetCore.Endpoints.Contracts;

/// <summary>When and with what the session's second factor was last passed. The proof itself stays in the session.</summary>
public sealed record ProofResponse
{
    /// <summary><c>totp</c> or <c>backup_code</c>.</summary>
    public required string Factor { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset ProvedAt { get; init; }

    /// <summary>True when a trusted device stood in for the factor; it carries nothing that asks for a proof.</summary>
    public required bool ViaTrust { get; init; }

    internal static ProofResponse Of(Proof proof) => new() { Factor = WireNames.Of(proof.Factor), ProvedAt = proof.ProvedAt, ViaTrust = proof.ViaTrust };
}
