using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Sessions;

namespace TwoFactor.AspNetCore.Authorization;

/// <summary>Whether a session meets a requirement. Pure.</summary>
internal static class TwoFactorDecider
{
    // Nodes of one host may disagree by seconds; a proof from further ahead means that a clock was turned back, and is not believed.
    private static readonly TimeSpan s_ahead = TimeSpan.FromMinutes(1);

    /// <summary>Null when it does.</summary>
    /// <param name="session">The session.</param>
    /// <param name="account">The account as it is now; null for one of whom nothing is stored.</param>
    /// <param name="requirement">What is asked for.</param>
    /// <param name="now">The time.</param>
    public static TwoFactorDenial? Examine(TwoFactorSession? session, Account? account, TwoFactorRequirement requirement, DateTimeOffset now)
    {
        if (session is null || session.Epoch != (account?.Epoch ?? 0)) return TwoFactorDenial.NoSession;
        if (account?.Active is not { } active) return TwoFactorDenial.NotEnrolled;
        if (session.Proof is not { } proof || proof.UserId != session.UserId || proof.Epoch != account.Epoch || proof.EnrollmentId != active.Id)
            return TwoFactorDenial.NotProved;
        if (proof.ViaTrust && !requirement.AllowTrust) return TwoFactorDenial.ViaTrust;
        if (proof.ViaRecovery && !requirement.AllowRecovery) return TwoFactorDenial.ViaRecovery;
        if (proof.ProvedAt - now > s_ahead) return TwoFactorDenial.Stale;
        return requirement.MaxAge is { } maxAge && !proof.IsFresh(now, maxAge) ? TwoFactorDenial.Stale : null;
    }
}
