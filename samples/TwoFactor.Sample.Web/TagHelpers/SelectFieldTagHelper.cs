using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TwoFactor.Sample.Web.TagHelpers;

/// <summary>A label, a list to choose from, a hint and the field's error, tied together as <see cref="FormFieldTagHelper"/> does.</summary>
[HtmlTargetElement("select-field", Attributes = "for,options", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class SelectFieldTagHelper : TagHelper
{
    public required ModelExpression For { get; set; }

    public required IEnumerable<SelectListItem> Options { get; set; }

    public string Label { get; set; } = "";

    public string? Hint { get; set; }

    public bool Disabled { get; set; }

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var id = TagBuilder.CreateSanitizedId(For.Name, "-");
        var state = ViewContext.ModelState[For.Name];
        var error = state?.Errors.FirstOrDefault()?.ErrorMessage;
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", error is null ? "field" : "field field-invalid");
        output.Content.AppendHtml(Text("label", Label, ("for", id)));
        if (Hint is not null) output.Content.AppendHtml(Text("p", Hint, ("id", $"{id}-hint"), ("class", "field-hint")));
        output.Content.AppendHtml(Select(id, state?.AttemptedValue ?? For.Model?.ToString() ?? "", error));
        if (error is not null) output.Content.AppendHtml(Text("p", error, ("id", $"{id}-error"), ("class", "field-error"), ("role", "alert")));
    }

    private TagBuilder Select(string id, string chosen, string? error)
    {
        var select = new TagBuilder("select");
        select.Attributes["id"] = id;
        select.Attributes["name"] = For.Name;
        if (Disabled) select.Attributes["disabled"] = "disabled";
        if (error is not null) select.Attributes["aria-invalid"] = "true";
        string[] described = [.. new[] { Hint is null ? "" : $"{id}-hint", error is null ? "" : $"{id}-error" }.Where(part => part.Length > 0)];
        if (described.Length > 0) select.Attributes["aria-describedby"] = string.Join(' ', described);
        foreach (var item in Options)
        {
            var option = Text("option", item.Text, ("value", item.Value));
            if (item.Value == chosen) option.Attributes["selected"] = "selected";
            select.InnerHtml.AppendHtml(option);
        }

        return select;
    }

    private static TagBuilder Text(string tag, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        var element = new TagBuilder(tag);
        foreach (var (name, value) in attributes) element.Attributes[name] = value;
        element.InnerHtml.Append(text);
        return element;
    }
}
