using System.Collections.Frozen;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace TwoFactor.AspNetCore.Sessions;

/// <summary>Which cookie schemes keep sessions.</summary>
internal sealed class SessionSchemes
{
    private readonly FrozenSet<string> _all;

    public SessionSchemes(IOptions<TwoFactorWebOptions> options, IOptions<AuthenticationOptions> authentication)
    {
        Primary = NameOf(options.Value, authentication.Value)!;
        _all = FrozenSet.ToFrozenSet([Primary, .. options.Value.OtherSessionSchemes], StringComparer.Ordinal);
    }

    /// <summary>The one that sign-ins are written to.</summary>
    public string Primary { get; }

    public bool Contains(string? scheme) => scheme is not null && _all.Contains(scheme);

    /// <summary>Null when none was named and the application has no default, or several schemes without a default.</summary>
    public static string? NameOf(TwoFactorWebOptions options, AuthenticationOptions authentication) =>
        options.SessionScheme ?? authentication.DefaultAuthenticateScheme ?? authentication.DefaultScheme
        ?? (authentication.Schemes.Count() == 1 ? authentication.Schemes.First().Name : null);
}
