using TwoFactor.Accounts;
using TwoFactor.Sample.Web.Services.SignIns;
using TwoFactor.Status;

namespace TwoFactor.Sample.Web.Pages;

/// <summary>Where one arrives: how one signed in, and what is left to do.</summary>
public sealed class IndexModel(AccountStatusService accounts) : SessionPageModel
{
    public AccountStatus Status { get; private set; } = null!;

    public string SignedInWith
    {
        get
        {
            var first = SignInMethods.NameOf(Me.Session.Method.Kind);
            return Me.Session switch
            {
                { SignedInWith: MfaFactorType.Totp } => $"{first} and authenticator app",
                { SignedInWith: MfaFactorType.BackupCode } => $"{first} and backup code",
                // No code at the sign-in, and a proof all the same: the browser was trusted. A code entered since is a proof of its own.
                { IsViaTrust: true } => $"{first} on a trusted browser",
                _ => $"{first} only",
            };
        }
    }

    public async Task OnGetAsync(CancellationToken cancellationToken) => Status = await accounts.GetAsync(Me.UserId, cancellationToken);
}
