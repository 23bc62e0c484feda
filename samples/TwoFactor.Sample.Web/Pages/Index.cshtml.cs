using TwoFactor.Accounts;
using TwoFactor.Sample.Web.Services.SignIns;
using TwoFactor.Status;

namespace TwoFactor.Sample.Web.Pages;

/// <summary>Where one arrives: how one signed in, and what is left to do.</summary>
public sealed class IndexModel(AccountStatusService accounts) : SessionPageModel
{
    public AccountStatus Status { get; private set; } = null!;

    public string SignedInWith => Me.SignedInWith switch
    {
        MfaFactorType.Totp => $"{SignInMethods.NameOf(Me.Method)} and authenticator app",
        MfaFactorType.BackupCode => $"{SignInMethods.NameOf(Me.Method)} and backup code",
        _ => $"{SignInMethods.NameOf(Me.Method)} only",
    };

    public async Task OnGetAsync(CancellationToken cancellationToken) => Status = await accounts.GetAsync(Me.UserId, cancellationToken);
}
