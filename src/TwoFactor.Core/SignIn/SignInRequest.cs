using TwoFactor.Accounts;

namespace TwoFactor.SignIn;

/// <summary>A user whose first factor has passed. Make one only after checking the password, link or assertion.</summary>
/// <param name="UserId">Who.</param>
public sealed record SignInRequest(UserId UserId)
{
    /// <summary>How the first factor was passed. Default <see cref="SignInMethod.Password"/>.</summary>
    public SignInMethod Method { get; init; } = SignInMethod.Password;

    /// <summary>What the user signs in with. Default <see cref="ClientKind.Browser"/>.</summary>
    public ClientKind Client { get; init; } = ClientKind.Browser;
}
