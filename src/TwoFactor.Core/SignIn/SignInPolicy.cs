namespace TwoFactor.SignIn;

/// <summary>How a sign-in with two factors runs.</summary>
public sealed record SignInPolicy
{
    /// <summary>How long a challenge waits. 30 seconds to 10 minutes; default 5 minutes.</summary>
    public TimeSpan ChallengeLifetime { get; init; } = TimeSpan.FromMinutes(5);
}
