using TwoFactor.Sample.Web.Data;
using TwoFactor.SignIn;

namespace TwoFactor.Sample.Web.Services.Passwords;

public enum PasswordChangeResult
{
    Changed = 1,

    /// <summary>The present password is not the one that was given, or wrong passwords have locked the account.</summary>
    WrongPassword = 2,

    /// <summary>Other requests for this account won every write; nothing was changed.</summary>
    Busy = 3,
}

/// <summary>
/// Changes a password for somebody who knows the present one. The library is told first: whoever changes a password may know of a thief, so no browser
/// stays trusted, and if what follows fails, all that is lost is that trust.
/// </summary>
public sealed class PasswordChange(PasswordCheck passwords, UserDirectory users, SignInService signIn)
{
    public async Task<PasswordChangeResult> ChangeAsync(string email, string present, string wanted, CancellationToken cancellationToken)
    {
        if (await passwords.PassAsync(email, present, cancellationToken) is not { } user) return PasswordChangeResult.WrongPassword;
        if (!await ReportAsync(user)) return PasswordChangeResult.Busy;
        // Only in place of the password that was checked: of two changes at once the second finds its present password wrong.
        return await users.ChangePasswordAsync(user, wanted, CancellationToken.None) ? PasswordChangeResult.Changed : PasswordChangeResult.WrongPassword;
    }

    private async Task<bool> ReportAsync(User user)
    {
        for (var round = 0; round < 3; round++)
        {
            if (await signIn.ReportPasswordChangedAsync(user.UserId, CancellationToken.None)) return true;
        }

        return false;
    }
}
