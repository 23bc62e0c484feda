using TwoFactor.Accounts;
using TwoFactor.TrustedDevices;

namespace TwoFactor.SignIn;

/// <summary>The random tokens of one operation: made before the decision, which stays pure, and the same over all its rounds.</summary>
internal readonly struct SignInTokens(UserId user, TrustedDeviceToken? presented)
{
    private readonly TrustedDeviceToken? _next = presented is null ? null : TrustedDeviceToken.New(user, presented.DeviceId);

    public ChallengeToken Challenge { get; } = ChallengeToken.New(user);

    /// <summary>What replaces the presented token.</summary>
    public TrustedDeviceToken NextOf(TrustedDeviceId device) =>
        _next is { } next && next.DeviceId == device ? next : throw new InvalidOperationException("No token of this device was presented.");
}
