using TwoFactor.Accounts;

namespace TwoFactor.Enforcement;

/// <summary>The sign-in that is judged.</summary>
public sealed record EnforcementRequest
{
    /// <summary>How the first factor was passed.</summary>
    public required SignInMethod Method { get; init; }

    /// <summary>What the user signs in with.</summary>
    public required ClientKind Client { get; init; }

    /// <summary>True while a new user activates the account: there is no grace.</summary>
    public bool IsActivation { get; init; }

    /// <summary>What the identity provider says of its own second factor; null when it says nothing.</summary>
    public UpstreamAssertion? Upstream { get; init; }
}
