using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using TwoFactor.Accounts;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;
using TwoFactor.Storage;

namespace TwoFactor.AspNetCore.Identity;

/// <summary>The sign-in service as Identity's sign-in manager uses it: with what the host adds to requests, and again where the store was busy.</summary>
internal sealed class IdentitySignIns(
    SignInService signIn, EnrollmentService enrollment, IAccountStore store, IOptions<TwoFactorIdentityOptions> options, IOptions<TwoFactorOptions> twoFactor)
{
    private const int Rounds = 32;

    public bool AcceptsExisting => options.Value.ExistingAuthenticators == ExistingAuthenticators.AcceptUntilReplaced;

    public TimeSpan AttemptLifetime => twoFactor.Value.SignIn.ChallengeLifetime;

    /// <summary>The request with what the host adds to it.</summary>
    public SignInRequest Configure(HttpContext context, SignInRequest request)
    {
        var configured = options.Value.ConfigureRequest(context, request);
        return configured.UserId == request.UserId ? configured : throw new InvalidOperationException(
            "TwoFactorIdentityOptions.ConfigureRequest changed the user. Return the given request 'with' other values.");
    }

    public ValueTask<BeginSignInResult> BeginAsync(HttpContext context, SignInRequest request) => signIn.BeginAsync(request, context.RequestAborted);

    public ValueTask<VerifySignInResult> VerifyAsync(HttpContext context, ChallengeToken challenge, MfaFactorType factor, string code, bool rememberClient) =>
        signIn.VerifyAsync(challenge, factor, code, IdentityTrust.Wish(context, rememberClient), context.RequestAborted);

    public ValueTask<BeginEnrollmentResult> BeginEnrollmentAsync(ChallengeToken challenge, string accountName, CancellationToken cancellationToken) =>
        enrollment.BeginRequiredAsync(challenge, accountName, cancellationToken);

    public async ValueTask<(ConfirmEnrollmentResult Result, VerifySignInResult.SignedIn? Completed)> ConfirmEnrollmentAsync(
        ChallengeToken challenge, EnrollmentId id, string code, CancellationToken cancellationToken)
    {
        var result = await enrollment.ConfirmRequiredAsync(challenge, id, code, cancellationToken).ConfigureAwait(false);
        if (result is not ConfirmEnrollmentResult.Confirmed confirmed) return (result, null);
        // The authenticator is set up whatever becomes of this sign-in: the codes are shown, and where the sign-in is over the next one asks for a code.
        var completed = await signIn.CompleteEnrollmentAsync(challenge, confirmed.Proof, CancellationToken.None).ConfigureAwait(false);
        return (result, completed as VerifySignInResult.SignedIn);
    }

    /// <summary>
    /// The answer to any password while the account cannot be written, because it moves between regions or is in another one; null when it can. What
    /// cannot be counted must not be judged.
    /// </summary>
    public async ValueTask<TwoFactorSignInResult?> RefusedByRegionAsync(UserId user)
    {
        try
        {
            var relocation = (await store.LoadAsync(user, CancellationToken.None).ConfigureAwait(false)).Account?.Relocation;
            return relocation is null ? null : TwoFactorSignInResult.Of(relocation.State == RelocationState.Left ? RegionRefusal.Moved : RegionRefusal.Moving);
        }
        catch (RegionRefusedException e)
        {
            return TwoFactorSignInResult.Of(e.Reason);
        }
    }

    /// <summary>Counts a wrong password, before the answer leaves and whether or not the client still waits for it.</summary>
    /// <returns>What a right one would be answered too: the lock that is in force now, or that the account cannot be written; null when it was counted.</returns>
    public async ValueTask<TwoFactorSignInResult?> PasswordFailedAsync(UserId user)
    {
        for (var round = 0; round < Rounds; round++)
        {
            switch (await signIn.ReportPasswordFailureAsync(user, CancellationToken.None).ConfigureAwait(false))
            {
                case PasswordFailureResult.Counted:
                    return null;
                case PasswordFailureResult.LockedOut locked:
                    return TwoFactorSignInResult.Locked(locked.Lock);
                case PasswordFailureResult.RegionRefused refused:
                    return TwoFactorSignInResult.Of(refused.Reason);
            }
        }

        throw new InvalidOperationException("A wrong password could not be counted, because other requests won every write of the account; it is not answered.");
    }
}
