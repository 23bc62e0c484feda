using TwoFactor.Lockout;
using TwoFactor.TrustedDevices;

namespace TwoFactor.SignIn;

/// <summary>What binds one user's sign-in, of the host and of all organisations.</summary>
internal readonly record struct SignInPolicies(LockoutPolicy Lockout, TrustPolicy Trust, TimeSpan ChallengeLifetime);
