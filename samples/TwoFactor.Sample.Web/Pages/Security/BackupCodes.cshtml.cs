using System.Collections.Immutable;
using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using TwoFactor.Accounts;
using TwoFactor.BackupCodes;
using TwoFactor.Enrollment;
using TwoFactor.Sample.Web.Services.Texts;
using TwoFactor.Status;

namespace TwoFactor.Sample.Web.Pages.Security;

/// <summary>Replaces all backup codes.</summary>
public sealed class BackupCodesModel(
    EnrollmentService enrollment, AccountStatusService accounts, IOptions<TwoFactorOptions> options, TimeProvider time) : SessionPageModel
{
    public int CodesLeft { get; private set; }

    public ImmutableArray<string>? Codes { get; private set; }

    public Notice? Notice { get; private set; }

    public AccountLock? Lock { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var status = await accounts.GetAsync(Me.UserId, cancellationToken);
        if (!status.IsEnrolled) return RedirectToPage("Index");
        CodesLeft = status.BackupCodesLeft;
        return HasFreshProof(time.GetUtcNow(), options.Value) ? Page() : AskForProof();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        switch (await enrollment.RegenerateBackupCodesAsync(Me.UserId, Me.Proof, cancellationToken))
        {
            case RegenerateBackupCodesResult.Regenerated regenerated:
                Codes = regenerated.BackupCodes;
                break;
            case RegenerateBackupCodesResult.ProofRequired:
                return AskForProof();
            case RegenerateBackupCodesResult.LockedOut locked:
                Lock = locked.Lock;
                break;
            case RegenerateBackupCodesResult.NotEnrolled:
                return RedirectToPage("Index");
            default:
                Notice = new(NoticeKind.Error, "We are busy just now. Try again in a moment.");
                break;
        }

        return Page();
    }

    /// <summary>
    /// Sends back, as a file, the codes that the page itself posts: the server has none to give. What is not a code is dropped.
    /// </summary>
    public IActionResult OnPostDownload(string[] codes)
    {
        var text = new StringBuilder($"{options.Value.Issuer} backup codes for {Me.Email}\r\nEach code works once.\r\n\r\n");
        Span<char> canonical = stackalloc char[BackupCodeFormat.SymbolCount];
        foreach (var code in codes.Take(BackupCodeFormat.SlotCount))
        {
            if (BackupCodeFormat.TryParse(code, canonical, out _, out _)) text.Append(BackupCodeFormat.Format(canonical)).Append("\r\n");
        }

        return File(Encoding.UTF8.GetBytes(text.ToString()), MediaTypeNames.Text.Plain, "backup-codes.txt");
    }
}
