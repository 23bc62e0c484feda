using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using TwoFactor.BackupCodes;

namespace TwoFactor.Sample.Web.Pages.Security;

/// <summary>
/// Sends back, as a file, the codes that the page which shows them posts: the server has none to give. What is not a code is dropped. It asks for no
/// fresh proof: whoever looks at the codes for long must not lose them.
/// </summary>
public sealed class BackupCodesFileModel(IOptions<TwoFactorOptions> options) : SessionPageModel
{
    public IActionResult OnGet() => RedirectToPage("BackupCodes");

    public IActionResult OnPost(string[] codes)
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
