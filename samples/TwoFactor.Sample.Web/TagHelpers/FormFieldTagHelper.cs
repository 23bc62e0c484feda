using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TwoFactor.Sample.Web.TagHelpers;

/// <summary>
/// A label, its input, a hint and the field's error, tied together for assistive technology. Other attributes go to the input. Passwords
/// and codes are never written back into the page.
/// </summary>
[HtmlTargetElement("form-field", Attributes = "for", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FormFieldTagHelper : TagHelper
{
    public required ModelExpression For { get; set; }

    public string Label { get; set; } = "";

    public string? Hint { get; set; }

    public bool Secret { get; set; }

    /// <summary>Tells fields of the same name in several forms of a page apart.</summary>
    public string? IdPrefix { get; set; }

    /// <summary>False in a form that was not the one posted: what was posted and its error belong to another.</summary>
    public bool OwnErrors { get; set; } = true;

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var id = TagBuilder.CreateSanitizedId(IdPrefix is null ? For.Name : $"{IdPrefix}-{For.Name}", "-");
        var state = OwnErrors ? ViewContext.ModelState[For.Name] : null;
        var error = state?.Errors.FirstOrDefault()?.ErrorMessage;
        var input = Input(id, state?.AttemptedValue, error, output.Attributes);

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.Clear();
        output.Attributes.SetAttribute("class", error is null ? "field" : "field field-invalid");
        var label = new TagBuilder("label");
        label.Attributes["for"] = id;
        label.InnerHtml.Append(Label);
        output.Content.AppendHtml(label);
        if (Hint is not null) output.Content.AppendHtml(Paragraph($"{id}-hint", "field-hint", Hint));
        output.Content.AppendHtml(input);
        if (error is null) return;
        var message = Paragraph($"{id}-error", "field-error", error);
        message.Attributes["role"] = "alert";
        output.Content.AppendHtml(message);
    }

    private TagBuilder Input(string id, string? attempted, string? error, TagHelperAttributeList attributes)
    {
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.Attributes["id"] = id;
        input.Attributes["name"] = For.Name;
        input.Attributes["type"] = "text";
        foreach (var attribute in attributes) input.Attributes[attribute.Name] = attribute.Value?.ToString() ?? "";
        if (!Secret && (attempted ?? (OwnErrors ? For.Model?.ToString() : null)) is { } value) input.Attributes["value"] = value;
        string?[] described = [Hint is null ? null : $"{id}-hint", error is null ? null : $"{id}-error"];
        if (described.Any(part => part is not null)) input.Attributes["aria-describedby"] = string.Join(' ', described.Where(part => part is not null));
        if (error is not null) input.Attributes["aria-invalid"] = "true";
        return input;
    }

    private static TagBuilder Paragraph(string id, string cssClass, string text)
    {
        var paragraph = new TagBuilder("p");
        paragraph.Attributes["id"] = id;
        paragraph.Attributes["class"] = cssClass;
        paragraph.InnerHtml.Append(text);
        return paragraph;
    }
}
