using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TwoFactor.Accounts;
using TwoFactor.Verification;

namespace TwoFactor.AspNetCore.Identity;

/// <summary>
/// Identity's user manager with the second factor kept by our services: seeds encrypted, codes once, one budget, audited. An application's own user
/// manager derives from it. Nothing here reads or writes a key or a recovery code in Identity's tables, but to discard what stands there.
/// </summary>
public class TwoFactorUserManager<TUser> : UserManager<TUser> where TUser : class
{
    private readonly IdentityAccounts _accounts;
    private FormerPassword? _former;

    /// <summary>Takes what <see cref="UserManager{TUser}"/> takes.</summary>
    public TwoFactorUserManager(
        IUserStore<TUser> store, IOptions<IdentityOptions> optionsAccessor, IPasswordHasher<TUser> passwordHasher,
        IEnumerable<IUserValidator<TUser>> userValidators, IEnumerable<IPasswordValidator<TUser>> passwordValidators, ILookupNormalizer keyNormalizer,
        IdentityErrorDescriber errors, IServiceProvider services, ILogger<UserManager<TUser>> logger)
        : base(store, optionsAccessor, passwordHasher, userValidators, passwordValidators, keyNormalizer, errors, services, logger)
    {
        _accounts = services.GetRequiredService<IdentityAccounts>();
        SignIns = services.GetRequiredService<IdentitySignIns>();
        Sessions = services.GetRequiredService<IdentitySessions>();
        Trust = services.GetRequiredService<IdentityTrust>();
        Time = services.GetRequiredService<TimeProvider>();
    }

    /// <summary>Why the last code given to this manager was not accepted; null when it was, or when none was given. For a page that says more.</summary>
    public CodeRefusal? LastRefusal { get; private set; }

    /// <inheritdoc/>
    public override bool SupportsUserTwoFactor => true;

    /// <inheritdoc/>
    public override bool SupportsUserAuthenticatorKey => true;

    /// <inheritdoc/>
    public override bool SupportsUserTwoFactorRecoveryCodes => true;

    internal IdentityAccounts Accounts => _accounts;

    internal IdentitySignIns SignIns { get; }

    internal IdentitySessions Sessions { get; }

    internal IdentityTrust Trust { get; }

    internal TimeProvider Time { get; }

    /// <summary>The user's key in our services: Identity's id of the user.</summary>
    public async Task<UserId> GetTwoFactorIdAsync(TUser user) => new(await GetUserIdAsync(user).ConfigureAwait(false));

    /// <summary>True when an authenticator is active, here or, not moved yet, in Identity's tables.</summary>
    public override async Task<bool> GetTwoFactorEnabledAsync(TUser user) =>
        (await StatusAsync(user).ConfigureAwait(false)).IsEnrolled || await IsEnabledInIdentityAsync(user).ConfigureAwait(false);

    /// <summary>
    /// <c>false</c> removes the authenticator, which needs a fresh proof, and ends every session of the user. <c>true</c> is the answer to an
    /// authenticator that its first code has made active, and enables nothing by itself.
    /// </summary>
    /// <exception cref="TwoFactorProofRequiredException">The session has no fresh proof of the authenticator.</exception>
    /// <exception cref="TwoFactorRefusedException">There is nothing to enable, or an authenticator in Identity's tables has not been moved.</exception>
    public override async Task<IdentityResult> SetTwoFactorEnabledAsync(TUser user, bool enabled)
    {
        var id = await GetTwoFactorIdAsync(user).ConfigureAwait(false);
        var isEnrolled = (await _accounts.StatusAsync(id).ConfigureAwait(false)).IsEnrolled;
        if (enabled)
        {
            return isEnrolled ? IdentityResult.Success : throw new TwoFactorRefusedException(
                "No authenticator is set up. Show the user the key of GetAuthenticatorKeyAsync and give the first code to VerifyTwoFactorTokenAsync, which enables it.");
        }

        if (!isEnrolled && await IsEnabledInIdentityAsync(user).ConfigureAwait(false))
        {
            throw new TwoFactorRefusedException(
                "The authenticator stands in Identity's tables and cannot be proved. Let the user set up a new one, or call DiscardIdentityAuthenticatorAsync once the user's identity has been verified.");
        }

        if (isEnrolled) await _accounts.UnregisterAsync(id).ConfigureAwait(false);
        return IdentityResult.Success;
    }

    /// <summary>The authenticator app when one is active, and nothing else: codes by e-mail and SMS are no second factor here.</summary>
    public override async Task<IList<string>> GetValidTwoFactorProvidersAsync(TUser user) =>
        (await StatusAsync(user).ConfigureAwait(false)).IsEnrolled ? [Options.Tokens.AuthenticatorTokenProvider] : [];

    /// <summary>
    /// Judges a code: the first one of the authenticator that this page shows, which it makes active; else one of the active authenticator, as a
    /// step-up. It is charged and audited, and accepted once. <see cref="LastRefusal"/> says why it was not.
    /// </summary>
    /// <exception cref="TwoFactorRefusedException">The provider is not the authenticator.</exception>
    public override Task<bool> VerifyTwoFactorTokenAsync(TUser user, string tokenProvider, string token)
    {
        return tokenProvider == Options.Tokens.AuthenticatorTokenProvider ? base.VerifyTwoFactorTokenAsync(user, tokenProvider, token) : throw new TwoFactorRefusedException(
            $"Codes of the provider '{tokenProvider}' are no second factor. Use Options.Tokens.AuthenticatorTokenProvider; for other purposes GenerateUserTokenAsync and VerifyUserTokenAsync.");
    }

    /// <summary>The key of the authenticator that this browser is setting up, in Base32; null when there is none. Never that of an active one.</summary>
    public override async Task<string?> GetAuthenticatorKeyAsync(TUser user) =>
        await _accounts.ShowableKeyAsync(await GetTwoFactorIdAsync(user).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>Begins to set up an authenticator. An active one, which needs a fresh proof, stays valid until the first code of the new one.</summary>
    /// <exception cref="TwoFactorProofRequiredException">An authenticator is active and the session has no fresh proof of it.</exception>
    public override async Task<IdentityResult> ResetAuthenticatorKeyAsync(TUser user)
    {
        var id = await GetTwoFactorIdAsync(user).ConfigureAwait(false);
        var name = SupportsUserEmail ? await GetEmailAsync(user).ConfigureAwait(false) : null;
        await _accounts.BeginEnrollmentAsync(id, name ?? await GetUserNameAsync(user).ConfigureAwait(false) ?? id.Value).ConfigureAwait(false);
        return IdentityResult.Success;
    }

    /// <summary>How many recovery codes are left; 0 while those of a new authenticator have not been taken by <see cref="GenerateNewTwoFactorRecoveryCodesAsync"/>.</summary>
    public override async Task<int> CountRecoveryCodesAsync(TUser user) =>
        await _accounts.CountCodesAsync(await GetTwoFactorIdAsync(user).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>
    /// In the request that confirmed a new authenticator, its codes; else new ones in place of all others, which needs a fresh proof. How many
    /// there are says <c>TwoFactorOptions.BackupCodes.Count</c>, not <paramref name="number"/>.
    /// </summary>
    /// <exception cref="TwoFactorProofRequiredException">The session has no fresh proof of the authenticator.</exception>
    public override async Task<IEnumerable<string>?> GenerateNewTwoFactorRecoveryCodesAsync(TUser user, int number) =>
        await _accounts.NewCodesAsync(await GetTwoFactorIdAsync(user).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>Spends a recovery code inside a session, as a step-up. It is charged to the same budget as every other code.</summary>
    public override async Task<IdentityResult> RedeemTwoFactorRecoveryCodeAsync(TUser user, string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        var answer = await _accounts.StepUpAsync(await GetTwoFactorIdAsync(user).ConfigureAwait(false), MfaFactorType.BackupCode, code).ConfigureAwait(false);
        LastRefusal = answer.Refusal;
        return answer.IsAccepted ? IdentityResult.Success : IdentityResult.Failed(ErrorDescriber.RecoveryCodeRedemptionFailed());
    }

    /// <inheritdoc/>
    public override async Task<IdentityResult> ChangePasswordAsync(TUser user, string currentPassword, string newPassword) =>
        await ReportedAsync(user, () => base.ChangePasswordAsync(user, currentPassword, newPassword)).ConfigureAwait(false);

    /// <inheritdoc/>
    public override async Task<IdentityResult> ResetPasswordAsync(TUser user, string token, string newPassword) =>
        await ReportedAsync(user, () => base.ResetPasswordAsync(user, token, newPassword)).ConfigureAwait(false);

    /// <inheritdoc/>
    public override async Task<IdentityResult> AddPasswordAsync(TUser user, string password) =>
        await ReportedAsync(user, () => base.AddPasswordAsync(user, password)).ConfigureAwait(false);

    /// <inheritdoc/>
    public override async Task<IdentityResult> RemovePasswordAsync(TUser user) =>
        await ReportedAsync(user, () => base.RemovePasswordAsync(user)).ConfigureAwait(false);

    /// <summary>
    /// Signs the user out everywhere, within the interval of Identity's validation, and revokes the trust in all browsers first, which in Identity hung
    /// on the stamp. An exception has changed neither.
    /// </summary>
    /// <exception cref="TwoFactorRefusedException">The account moves between regions, or is in another one.</exception>
    public override async Task<IdentityResult> UpdateSecurityStampAsync(TUser user)
    {
        await Trust.ForgetAllAsync(await GetTwoFactorIdAsync(user).ConfigureAwait(false)).ConfigureAwait(false);
        return await base.UpdateSecurityStampAsync(user).ConfigureAwait(false);
    }

    /// <summary>
    /// Discards what Identity's own tables hold of a second factor: the plain key, the plain recovery codes, the flag. A new authenticator does it
    /// by itself; an administrator does it for a user who has lost the old one, after verifying who asks.
    /// </summary>
    public virtual async Task<IdentityResult> DiscardIdentityAuthenticatorAsync(TUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return await ExistingFactor.EraseAsync(Store, user, CancellationToken).ConfigureAwait(false) ? await UpdateUserAsync(user).ConfigureAwait(false) : IdentityResult.Success;
    }

    /// <summary>Writes the user. A change of the password is reported first: where that fails it is not made.</summary>
    protected override async Task<IdentityResult> UpdateUserAsync(TUser user)
    {
        if (_former is { } former)
        {
            _former = null;
            try
            {
                await _accounts.PasswordChangedAsync(await GetTwoFactorIdAsync(user).ConfigureAwait(false), isDone: false).ConfigureAwait(false);
            }
            catch
            {
                // Else the next write of this user, whatever it is for, would bring the new password along.
                await former.PutBackAsync(Store, user, CancellationToken).ConfigureAwait(false);
                throw;
            }
        }

        return await base.UpdateUserAsync(user).ConfigureAwait(false);
    }

    internal async Task<bool> JudgeAsync(TUser user, string code)
    {
        var answer = await _accounts.VerifyAsync(await GetTwoFactorIdAsync(user).ConfigureAwait(false), code).ConfigureAwait(false);
        LastRefusal = answer.Refusal;
        if (answer.Confirmed) await DiscardIdentityAuthenticatorAsync(user).ConfigureAwait(false);
        return answer.IsAccepted;
    }

    internal Task<bool> HasExistingAuthenticatorAsync(TUser user) => ExistingFactor.IsUsableAsync(Store, user, CancellationToken);

    /// <summary>Accepts a code of the authenticator in Identity's tables. One that another request has just spent loses the write.</summary>
    internal async Task<bool> AcceptExistingAsync(TUser user, MfaFactorType factor, string code) =>
        await ExistingFactor.SpendAsync(Store, user, factor, code, Time.GetUtcNow(), CancellationToken).ConfigureAwait(false)
        && (await UpdateUserAsync(user).ConfigureAwait(false)).Succeeded;

    internal async Task<bool> IsEnabledInIdentityAsync(TUser user) =>
        Store is IUserTwoFactorStore<TUser> flags && await flags.GetTwoFactorEnabledAsync(user, CancellationToken).ConfigureAwait(false);

    private async Task<Status.AccountStatus> StatusAsync(TUser user) =>
        await _accounts.StatusAsync(await GetTwoFactorIdAsync(user).ConfigureAwait(false)).ConfigureAwait(false);

    // Before the write, from within it, so that a refused one voids nothing; and after it, for what the old password began in between.
    private async Task<IdentityResult> ReportedAsync(TUser user, Func<Task<IdentityResult>> change)
    {
        ArgumentNullException.ThrowIfNull(user);
        IdentityResult result;
        try
        {
            _former = await FormerPassword.OfAsync(Store, user, CancellationToken).ConfigureAwait(false);
            result = await change().ConfigureAwait(false);
        }
        finally
        {
            _former = null;
        }

        if (result.Succeeded) await _accounts.PasswordChangedAsync(await GetTwoFactorIdAsync(user).ConfigureAwait(false), isDone: true).ConfigureAwait(false);
        return result;
    }
}
