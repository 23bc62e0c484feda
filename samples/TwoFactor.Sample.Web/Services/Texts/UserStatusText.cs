using TwoFactor.Accounts;
using TwoFactor.Status;

namespace TwoFactor.Sample.Web.Services.Texts;

/// <summary>The statuses of users, in words.</summary>
public static class UserStatusText
{
    public static string Of(UserStatusKind kind) => kind switch
    {
        UserStatusKind.Locked => "Locked",
        UserStatusKind.Unverifiable => "Key missing",
        UserStatusKind.Overdue => "Overdue",
        UserStatusKind.InGrace => "In grace period",
        UserStatusKind.Pending => "Setting up",
        UserStatusKind.NotEnrolled => "Off",
        UserStatusKind.Exempt => "Exempt",
        UserStatusKind.SsoOnly => "Single sign-on",
        _ => "On",
    };

    /// <summary>How a badge looks: good, bad, warn or off.</summary>
    public static string StyleOf(UserStatusKind kind) => kind switch
    {
        UserStatusKind.Enrolled => "on",
        UserStatusKind.Locked or UserStatusKind.Unverifiable or UserStatusKind.Overdue => "bad",
        UserStatusKind.InGrace or UserStatusKind.Pending => "warn",
        _ => "off",
    };

    /// <summary>What stands below the badge, with the moment that ends it; null when there is nothing to say.</summary>
    public static (string Words, DateTimeOffset? At)? Detail(UserStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        return status switch
        {
            { Lock.Release: LockRelease.ByAdministrator } => ("until an administrator unlocks", null),
            { Lock.Release: LockRelease.ByReset } => ("until a reset", null),
            { Kind: UserStatusKind.Overdue, Until: { } since } => ("since", since),
            { Until: { } until } => ("until", until),
            _ => null,
        };
    }
}
