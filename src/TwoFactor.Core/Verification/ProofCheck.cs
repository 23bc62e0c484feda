using TwoFactor.Accounts;

namespace TwoFactor.Verification;

/// <summary>Whether a proof carries a sensitive operation. Pure.</summary>
internal static class ProofCheck
{
    // Nodes of one host may disagree by seconds; a proof from further ahead means that a clock was turned back, and is not believed.
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    /// <summary>Null when it does.</summary>
    public static ProofRefusal? Examine(Account account, Proof? proof, TimeSpan maxAge, DateTimeOffset now)
    {
        if (proof is null) return ProofRefusal.Missing;
        if (proof.UserId != account.UserId) return ProofRefusal.OtherUser;
        if (proof.Epoch != account.Epoch || proof.EnrollmentId != account.Active?.Id) return ProofRefusal.Superseded;
        if (proof.ViaTrust) return ProofRefusal.NotARealFactor;
        return proof.IsFresh(now, maxAge) && proof.ProvedAt - now <= Ahead ? null : ProofRefusal.Stale;
    }
}
