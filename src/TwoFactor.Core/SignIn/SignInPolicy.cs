using TwoFactor.Accounts;

namespace TwoFactor.SignIn;

/// <summary>How a sign-in with two factors runs.</summary>
public sealed record SignInPolicy
{
    /// <summary>How long a challenge waits. 30 seconds to 10 minutes; default 5 minutes.</summary>
    public TimeSpan ChallengeLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// True when a method is followed by a second factor. Single sign-on and third-party logins bring their own and are exempt.
    /// </summary>
    public static bool IsCovered(SignInMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return method.Kind is SignInMethodKind.Password or SignInMethodKind.MagicLink;
    }
}
