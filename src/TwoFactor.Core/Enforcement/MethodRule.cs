using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TwoFactor.Accounts;
using TwoFactor.Organizations;

namespace TwoFactor.Enforcement;

/// <summary>What an organisation wants after a first factor. A closed hierarchy.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Exempt), "exempt")]
[JsonDerivedType(typeof(Require), "require")]
[JsonDerivedType(typeof(AcceptUpstream), "acceptUpstream")]
public abstract record MethodRequirement
{
    private MethodRequirement()
    {
    }

    /// <summary>The method brings its own second factor; none is asked for here.</summary>
    public sealed record Exempt : MethodRequirement;

    /// <summary>A second factor is asked for.</summary>
    public sealed record Require : MethodRequirement;

    /// <summary>The identity provider's own second factor counts when it says so freshly; otherwise one is asked for here.</summary>
    /// <param name="Amr">The authentication methods of which one must be asserted (RFC 8176), such as <c>mfa</c> or <c>otp</c>.</param>
    /// <param name="MaxAge">How old the assertion may be. 1 minute to 30 days.</param>
    public sealed record AcceptUpstream(ImmutableArray<string> Amr, TimeSpan MaxAge) : MethodRequirement;
}

/// <summary>One row of the method matrix: the first row that matches decides.</summary>
/// <param name="Method">The sign-in method; null for any.</param>
/// <param name="Kind">The kind of membership; null for any.</param>
/// <param name="IdentityProvider">
/// The member's identity provider (single sign-on) or the external provider; null for any. A row with one never matches password or link.
/// </param>
/// <param name="Requirement">What follows.</param>
public sealed record MethodRule(SignInMethodKind? Method, MembershipKind? Kind, string? IdentityProvider, MethodRequirement Requirement)
{
    internal bool Matches(SignInMethod method, Membership membership) =>
        (Method is null || Method == method.Kind)
        && (Kind is null || Kind == membership.Kind)
        && (IdentityProvider is null || string.Equals(IdentityProvider, ProviderOf(method, membership), StringComparison.Ordinal));

    // A password or a link comes from no provider, even that of a member who has one: a row for the provider must not exempt them.
    private static string? ProviderOf(SignInMethod method, Membership membership) => method.Kind switch
    {
        SignInMethodKind.Sso => membership.IdentityProvider,
        SignInMethodKind.External => method.Provider,
        _ => null,
    };
}

/// <summary>What an identity provider says of the second factor that it asked for itself.</summary>
/// <param name="Amr">The authentication methods (RFC 8176).</param>
/// <param name="AuthenticatedAt">When.</param>
public sealed record UpstreamAssertion(ImmutableArray<string> Amr, DateTimeOffset AuthenticatedAt);
