using System.Globalization;
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

    /// <summary>What stands below the badge; null when there is nothing to say.</summary>
    public static string? Detail(UserStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        return status switch
        {
            { Lock.Release: LockRelease.ByAdministrator } => "until an administrator unlocks",
            { Lock.Release: LockRelease.ByReset } => "until a reset",
            { Kind: UserStatusKind.Overdue, Until: { } since } => $"since {Day(since)}",
            { Until: { } until } => $"until {Day(until)}",
            _ => null,
        };
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
