namespace TwoFactor.AspNetCore.Endpoints;

/// <summary>The headings under which the operations stand in an OpenAPI description.</summary>
internal static class Tags
{
    public const string SignIn = "Two-factor sign-in";
    public const string Own = "Two-factor: own account";
    public const string Administration = "Two-factor administration";
}
