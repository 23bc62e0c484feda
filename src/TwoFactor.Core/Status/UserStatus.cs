using TwoFactor.Accounts;

namespace TwoFactor.Status;

/// <summary>The kinds of <see cref="UserStatus"/>, what needs a hand first.</summary>
public enum UserStatusKind
{
    /// <summary>Locked, until a time or until an administrator acts.</summary>
    Locked = 1,

    /// <summary>Has an authenticator whose key is lost; an operator must act.</summary>
    Unverifiable = 2,

    /// <summary>Must set up, and the grace is over.</summary>
    Overdue = 3,

    /// <summary>Must set up, and may postpone.</summary>
    InGrace = 4,

    /// <summary>Has begun to set up.</summary>
    Pending = 5,

    /// <summary>Need not set up, and has not.</summary>
    NotEnrolled = 6,

    /// <summary>Exempted by an administrator for a while.</summary>
    Exempt = 7,

    /// <summary>Signs in by single sign-on alone.</summary>
    SsoOnly = 8,

    /// <summary>Has an authenticator.</summary>
    Enrolled = 9,
}

/// <summary>Where a user stands.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Until">The end of grace (in the past when overdue), exemption or lock; null where there is none.</param>
/// <param name="Lock">The lock, when locked.</param>
public sealed record UserStatus(UserStatusKind Kind, DateTimeOffset? Until = null, AccountLock? Lock = null);
