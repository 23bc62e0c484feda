using TwoFactor.Accounts;
using TwoFactor.Status;

namespace TwoFactor.Sample.Web.Pages;

/// <summary>Where one arrives: how one signed in, and what is left to do.</summary>
public sealed class IndexModel(AccountStatusService accounts) : SessionPageModel
{
    public AccountStatus Status { get; private set; } = null!;

    public string SignedInWith => Me.SignedInWith switch
    {
        MfaFactorType.Totp => "Password and authenticator app",
        MfaFactorType.BackupCode => "Password and backup code",
        _ => "Password only",
    };

    public async Task OnGetAsync(CancellationToken cancellationToken) => Status = await accounts.GetAsync(Me.UserId, cancellationToken);
}
