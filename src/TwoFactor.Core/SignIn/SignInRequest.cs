using TwoFactor.Accounts;
using TwoFactor.Enforcement;
using TwoFactor.TrustedDevices;

namespace TwoFactor.SignIn;

/// <summary>A user whose first factor has passed. Make one only after checking the password, link or assertion.</summary>
/// <param name="UserId">Who.</param>
public sealed record SignInRequest(UserId UserId)
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
    /// The token of a trusted device that the browser presents for this user; null (the default) when there is none. It stands in for a code where
    /// policy allows, and is replaced by each use. A token that is dead or another user's is told in the answer, and a code is asked for.
    /// </summary>
    public TrustedDeviceToken? TrustedDevice { get; init; }

    internal EnforcementRequest ToEnforcement() => new() { Method = Method, Client = Client, IsActivation = IsActivation, Upstream = Upstream };
}
