using Microsoft.Extensions.Options;
using TwoFactor.Status;
using TwoFactor.TrustedDevices;

namespace TwoFactor.Sample.Web.Pages.Security;

/// <summary>The state of one's second factor, and the ways to change it.</summary>
public sealed class IndexModel(AccountStatusService accounts, TrustedDeviceService devices, IOptions<TwoFactorOptions> options) : SessionPageModel
{
    /// <summary>From here on the page urges to make new codes.</summary>
    public const int FewCodes = 3;

    public AccountStatus Status { get; private set; } = null!;

    public string Entry => $"{options.Value.Issuer}: {Status.AuthenticatorAccountName}";

    /// <summary>Those that policy trusts now.</summary>
    public int TrustedBrowsers { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Status = await accounts.GetAsync(Me.UserId, cancellationToken);
        if (Status.IsEnrolled) TrustedBrowsers = (await devices.ListAsync(Me.UserId, cancellationToken)).Length;
    }
}
