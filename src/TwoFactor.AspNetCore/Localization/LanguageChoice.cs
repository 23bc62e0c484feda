using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TwoFactor.AspNetCore.Endpoints;

namespace TwoFactor.AspNetCore.Localization;

/// <summary>
/// Which language a reader gets: the one that the host's request localisation chose, if it uses it; else the first of <c>Accept-Language</c> that is
/// there; else that of the current UI culture; else English. All by name, so that it works in invariant globalization too.
/// </summary>
internal static class LanguageChoice
{
    public static TwoFactorLanguage For(HttpContext context)
    {
        var languages = context.RequestServices.GetRequiredService<IOptions<TwoFactorApiOptions>>().Value.Languages;
        if (context.Features.Get<IRequestCultureFeature>() is { RequestCulture.UICulture: var chosen })
            return LanguageTags.Lookup([.. languages], chosen.Name) ?? TwoFactorLanguage.English;
        foreach (var range in LanguageTags.Accepted(context.Request))
        {
            if (LanguageTags.Lookup([.. languages], range) is { } language) return language;
        }

        return LanguageTags.Lookup([.. languages], CultureInfo.CurrentUICulture.Name) ?? TwoFactorLanguage.English;
    }
}
