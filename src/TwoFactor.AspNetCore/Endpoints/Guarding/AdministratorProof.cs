using Microsoft.Extensions.Options;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Problems;
using TwoFactor.AspNetCore.Sessions;
using TwoFactor.Status;

namespace TwoFactor.AspNetCore.Endpoints.Guarding;

/// <summary>
/// Whether a session carries administration: an administrator who has an authenticator must have passed it in this session, by a real factor; a trusted
/// device does not count. One who has none is the core's to judge.
/// </summary>
internal sealed class AdministratorProof(AccountStatusService accounts, IOptions<TwoFactorApiOptions> options, TimeProvider time)
{
    // Nodes of one host may disagree by seconds; a proof from further ahead means that a clock was turned back.
    private static readonly TimeSpan s_ahead = TimeSpan.FromMinutes(1);

    public async ValueTask<TwoFactorProblem?> RefuseAsync(TwoFactorSession session, CancellationToken cancellationToken)
    {
        if (session.IsViaTrust) return ProblemsOf.Of(ProofRefusal.NotARealFactor);
        if (session.Proof is { } proof) return IsFresh(proof, time.GetUtcNow()) ? null : ProblemsOf.Of(ProofRefusal.Stale);
        var status = await accounts.GetAsync(session.UserId, cancellationToken).ConfigureAwait(false);
        return status.IsEnrolled ? ProblemsOf.Of(ProofRefusal.Missing) : null;
    }

    private bool IsFresh(Proof proof, DateTimeOffset now) =>
        options.Value.AdministrationProofMaxAge is not { } maxAge || (proof.IsFresh(now, maxAge) && proof.ProvedAt - now <= s_ahead);
}
