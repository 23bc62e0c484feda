using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Options;
using TwoFactor.Accounts;

namespace TwoFactor.Sample.Web.TagHelpers;

/// <summary>
/// The field for a code. No length limit and no pattern: "123 456" pasted from anywhere is the server's to read. Phones offer the number
/// pad, and password managers the code.
/// </summary>
[HtmlTargetElement("code-field", Attributes = "for", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class CodeFieldTagHelper(IOptions<TwoFactorOptions> options) : TagHelper
{
    public required ModelExpression For { get; set; }

    public MfaFactorType Factor { get; set; } = MfaFactorType.Totp;

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var totp = Factor == MfaFactorType.Totp;
        output.Attributes.SetAttribute("class", totp ? "code-input" : "code-input code-input-long");
        output.Attributes.SetAttribute("autocomplete", totp ? "one-time-code" : "off");
        output.Attributes.SetAttribute("inputmode", totp ? "numeric" : "text");
        output.Attributes.SetAttribute("autocapitalize", totp ? "off" : "characters");
        output.Attributes.SetAttribute("spellcheck", "false");
        output.Attributes.SetAttribute("placeholder", totp ? Example(options.Value.Totp.Digits) : "XXXX-XXXX-XXXX-XXXX");
        output.Attributes.SetAttribute("autofocus", "autofocus");
        var field = new FormFieldTagHelper
        {
            For = For,
            ViewContext = ViewContext,
            Secret = true,
            Label = totp ? "Authenticator code" : "Backup code",
        };
        field.Process(context, output);
    }

    // As apps show codes: in two halves.
    private static string Example(int digits) => "12345678"[..digits].Insert(digits / 2, " ");
}
