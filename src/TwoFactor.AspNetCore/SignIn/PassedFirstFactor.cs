using System.Collections.Immutable;
using System.Security.Claims;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;

namespace TwoFactor.AspNetCore.SignIn;

/// <summary>A user whose first factor has passed. Make one only after checking the password, link or assertion.</summary>
/// <param name="UserId">Who.</param>
public sealed record PassedFirstFactor(UserId UserId)
{
    /// <summary>How the first factor was passed. Default <see cref="SignInMethod.Password"/>.</summary>
    public SignInMethod Method { get; init; } = SignInMethod.Password;

    /// <summary>What the user signs in with. Default <see cref="ClientKind.Browser"/>.</summary>
    public ClientKind Client { get; init; } = ClientKind.Browser;

    /// <summary>True while a new user activates the account: where a second factor is required there is no grace. Default false.</summary>
    public bool IsActivation { get; init; }

    /// <summary>What the identity provider says of its own second factor; null (the default) when it says nothing.</summary>
    public UpstreamAssertion? Upstream { get; init; }

    /// <summary>
    /// The application's own claims for the session, such as name and roles. <see cref="ClaimTypes.NameIdentifier"/> is the user's id and is added
    /// where it is missing. While a code is asked for they wait in an encrypted cookie: keep them few.
    /// </summary>
    public ImmutableArray<Claim> Claims { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>
    /// What an authenticator app shows for the user if one must be set up. Null (the default) for the claim <see cref="ClaimTypes.Email"/>,
    /// <see cref="ClaimTypes.Name"/>, or the user's id.
    /// </summary>
    public string? AccountName { get; init; }

    /// <summary>Where the user wanted to go. An address outside of this site is dropped.</summary>
    public string? ReturnUrl { get; init; }

    /// <summary>True when the session shall outlast the browser. Default false.</summary>
    public bool IsPersistent { get; init; }
}
