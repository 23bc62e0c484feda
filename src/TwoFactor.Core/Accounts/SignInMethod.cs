using System.Text.Json.Serialization;

namespace TwoFactor.Accounts;

/// <summary>The kinds of first factor.</summary>
public enum SignInMethodKind
{
    /// <summary>E-mail or user name and password.</summary>
    Password = 1,

    /// <summary>A link sent by e-mail.</summary>
    MagicLink = 2,

    /// <summary>Single sign-on by the organisation's identity provider.</summary>
    Sso = 3,

    /// <summary>A third-party login such as Google, Microsoft or Slack.</summary>
    External = 4,
}

/// <summary>How the first factor was passed.</summary>
public sealed record SignInMethod
{
    /// <summary>For deserialisers; use the static members.</summary>
    [JsonConstructor]
    internal SignInMethod(SignInMethodKind kind, string? provider)
    {
        Kind = kind;
        Provider = provider;
    }

    /// <summary>E-mail or user name and password.</summary>
    public static SignInMethod Password { get; } = new(SignInMethodKind.Password, null);

    /// <summary>A link sent by e-mail.</summary>
    public static SignInMethod MagicLink { get; } = new(SignInMethodKind.MagicLink, null);

    /// <summary>Single sign-on by the organisation's identity provider.</summary>
    public static SignInMethod Sso { get; } = new(SignInMethodKind.Sso, null);

    /// <summary>A third-party login.</summary>
    /// <param name="provider">Its name: 1 to 64 printable characters.</param>
    public static SignInMethod External(string provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        if (!PlainText.IsIdentifier(provider, 64)) throw new ArgumentException("A provider's name has 1 to 64 printable characters.", nameof(provider));
        return new SignInMethod(SignInMethodKind.External, provider);
    }

    /// <summary>The kind.</summary>
    public SignInMethodKind Kind { get; }

    /// <summary>The provider of an external login; null otherwise.</summary>
    public string? Provider { get; }

    /// <summary>The kind, with the provider of an external login in parentheses.</summary>
    public override string ToString() => Provider is null ? NameOf(Kind) : $"{Kind}({Provider})";

    private static string NameOf(SignInMethodKind kind) => Enum.GetName(kind) ?? kind.ToString();
}
