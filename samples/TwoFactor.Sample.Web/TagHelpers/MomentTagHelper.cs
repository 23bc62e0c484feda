using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TwoFactor.Sample.Web.TagHelpers;

/// <summary>A moment in UTC, which the page's script turns into the reader's own time.</summary>
[HtmlTargetElement("moment", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class MomentTagHelper : TagHelper
{
    public DateTimeOffset At { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var utc = At.ToUniversalTime();
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("datetime", utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        output.Content.SetContent(utc.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture));
    }
}
