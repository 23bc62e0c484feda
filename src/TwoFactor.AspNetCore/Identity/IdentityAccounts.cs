using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using TwoFactor.Accounts;
using TwoFactor.Otp;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;
using TwoFactor.Status;
using TwoFactor.Verification;

namespace TwoFactor.AspNetCore.Identity;

/// <summary>Identity's calls about a user's second factor, made on our services. Scoped; it knows user ids, not Identity's users.</summary>
internal sealed class IdentityAccounts(
    SignInService signIn, EnrollmentService enrollment, AccountStatusService status, IHttpContextAccessor accessor, PendingAuthenticatorCookie cookie,
    IdentitySessions sessions, IdentityRequestState state, IOptions<TwoFactorOptions> options)
{
    private CancellationToken Aborted => accessor.HttpContext?.RequestAborted ?? CancellationToken.None;

    public ValueTask<AccountStatus> StatusAsync(UserId user) => status.GetAsync(user, Aborted);

    /// <summary>The key that may be shown: that of an authenticator that waits for its first code, never that of an active one.</summary>
    public async ValueTask<string?> ShowableKeyAsync(UserId user) => (await PendingAsync(user).ConfigureAwait(false))?.Key;

    /// <summary>Begins to set up an authenticator; an active one stays valid until the new one is confirmed.</summary>
    public async ValueTask BeginEnrollmentAsync(UserId user, string accountName)
    {
        var totp = options.Value.Totp;
        if (totp is not { Algorithm: OtpAlgorithm.Sha1, Digits: 6, PeriodSeconds: 30 })
        {
            throw new TwoFactorRefusedException(
                "Identity's set-up page describes every authenticator as SHA-1, 6 digits and 30 seconds, and TwoFactorOptions.Totp says otherwise. Set up authenticators by EnrollmentService.BeginAsync and show the Uri of its offer.");
        }

        var context = accessor.HttpContext ?? throw new TwoFactorRefusedException(
            "Without a request there is no browser to show a key to. Call EnrollmentService.BeginAsync, which returns the offer.");
        var result = await enrollment.BeginAsync(user, accountName, await sessions.ProofAsync(user).ConfigureAwait(false), Aborted).ConfigureAwait(false);
        state.Pending = result switch
        {
            BeginEnrollmentResult.Started started => PendingAuthenticator.Of(user, started.Offer),
            BeginEnrollmentResult.ProofRequired required => throw new TwoFactorProofRequiredException(required.Refusal),
            BeginEnrollmentResult.InvalidAccountName invalid => throw new TwoFactorRefusedException(
                $"The user's e-mail address or name cannot be shown in an authenticator app ({invalid.Reason}). Call EnrollmentService.BeginAsync with another account name."),
            _ => throw Refused("set up an authenticator", result),
        };
        cookie.Write(context, state.Pending);
    }

    /// <summary>
    /// Judges a code: the first one of the authenticator that this browser shows, else a step-up. A right one is kept as the session's proof.
    /// </summary>
    public async ValueTask<CodeAnswer> VerifyAsync(UserId user, string code)
    {
        if (await PendingAsync(user).ConfigureAwait(false) is { } pending)
        {
            // What is confirmed was begun before this was read, and dies when the epoch rises: this is the account that the confirmation finds.
            var before = await StatusAsync(user).ConfigureAwait(false);
            var result = await enrollment.ConfirmAsync(user, pending.EnrollmentId, code, Aborted).ConfigureAwait(false);
            if (result is ConfirmEnrollmentResult.Refused refused) return new CodeAnswer(refused.Refusal, false);
            (state.Pending, state.IsShownOver) = (null, true);
            if (accessor.HttpContext is { Response.HasStarted: false } context) cookie.Clear(context);
            if (result is ConfirmEnrollmentResult.Confirmed confirmed)
            {
                state.KeepUnshown(user, confirmed.BackupCodes);
                await sessions.KeepAsync(confirmed.Proof, before.IsEnrolled ? before.Epoch : null).ConfigureAwait(false);
                return new CodeAnswer(null, true);
            }
        }

        return await StepUpAsync(user, MfaFactorType.Totp, code).ConfigureAwait(false);
    }

    /// <summary>Judges a code inside a session.</summary>
    public async ValueTask<CodeAnswer> StepUpAsync(UserId user, MfaFactorType factor, string code)
    {
        switch (await signIn.StepUpAsync(user, factor, code, Aborted).ConfigureAwait(false))
        {
            case StepUpResult.Proved proved:
                await sessions.KeepAsync(proved.Proof).ConfigureAwait(false);
                return new CodeAnswer(null, false);
            case StepUpResult.Refused refused:
                return new CodeAnswer(refused.Refusal, false);
            default:
                return new CodeAnswer(new CodeRefusal.Unavailable(), false);
        }
    }

    /// <summary>How many codes the user has: none while those of a new authenticator have not been handed out.</summary>
    public async ValueTask<int> CountCodesAsync(UserId user) =>
        state.HasUnshown(user) ? 0 : (await StatusAsync(user).ConfigureAwait(false)).BackupCodesLeft;

    /// <summary>The codes that came with a new authenticator, or new ones.</summary>
    public async ValueTask<IEnumerable<string>> NewCodesAsync(UserId user)
    {
        if (state.HasUnshown(user)) return state.TakeUnshown();
        var result = await enrollment.RegenerateBackupCodesAsync(user, await sessions.ProofAsync(user).ConfigureAwait(false), Aborted).ConfigureAwait(false);
        return result switch
        {
            RegenerateBackupCodesResult.Regenerated regenerated => regenerated.BackupCodes,
            RegenerateBackupCodesResult.ProofRequired required => throw new TwoFactorProofRequiredException(required.Refusal),
            _ => throw Refused("make recovery codes", result),
        };
    }

    /// <summary>Removes the user's authenticator, with what hangs on it; every session of the user ends.</summary>
    public async ValueTask UnregisterAsync(UserId user)
    {
        var result = await enrollment.UnregisterAsync(user, await sessions.ProofAsync(user).ConfigureAwait(false), Aborted).ConfigureAwait(false);
        if (result is UnregisterResult.ProofRequired required) throw new TwoFactorProofRequiredException(required.Refusal);
        if (result is not (UnregisterResult.Removed or UnregisterResult.NotEnrolled)) throw Refused("turn two-factor authentication off", result);
        sessions.Drop();
    }

    /// <summary>Tells that the password is another. A client that hangs up does not stop the report.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="isDone">False when the change is about to be written, and is not when this throws.</param>
    /// <exception cref="RegionRefusedException">The account moves between regions, or is in another one.</exception>
    public async ValueTask PasswordChangedAsync(UserId user, bool isDone)
    {
        for (var round = 0; round < 32; round++)
        {
            if (await signIn.ReportPasswordChangedAsync(user, CancellationToken.None).ConfigureAwait(false)) return;
        }

        throw new InvalidOperationException(isDone
            ? "The password was changed, but sign-ins that wait for a code could not be ended. Call SignInService.ReportPasswordChangedAsync again."
            : "The password was not changed, because other requests won every write of the account, and what the old one began could not be ended. Try again.");
    }

    private async ValueTask<PendingAuthenticator?> PendingAsync(UserId user)
    {
        if (state.Pending is { } begun && begun.UserId == user) return begun;
        if (state.IsShownOver || accessor.HttpContext is not { } context || cookie.Read(context, user) is not { } shown) return null;
        // Another window may have begun anew, or confirmed: what this one shows is dead then.
        return (await StatusAsync(user).ConfigureAwait(false)).PendingUntil == shown.ExpiresAt ? shown : null;
    }

    private static TwoFactorRefusedException Refused(string what, object result) =>
        new($"It is not possible now to {what}: {result.GetType().Name}. Try again later, or call EnrollmentService, whose results say more.");
}

/// <summary>What became of a code.</summary>
/// <param name="Refusal">Why it was not accepted; null when it was.</param>
/// <param name="Confirmed">True when it confirmed a new authenticator.</param>
internal readonly record struct CodeAnswer(CodeRefusal? Refusal, bool Confirmed)
{
    public bool IsAccepted => Refusal is null;
}
