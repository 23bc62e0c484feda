using TwoFactor.Accounts;

namespace TwoFactor.Sample.Web.Services.Texts;

/// <summary>Why an account is locked and what ends it, in words.</summary>
public static class LockText
{
    public static string Reason(AccountLock @lock) => @lock.Reason switch
    {
        LockReason.PasswordFailures => "There were too many wrong passwords.",
        LockReason.HardLimit => "There were so many wrong codes that two-factor authentication was disabled.",
        _ => "There were too many wrong codes.",
    };

    public static string Release(AccountLock @lock) => @lock.Release switch
    {
        LockRelease.AtTime => "Nothing is lost: wait, then sign in as usual. A code that you enter before will not be checked.",
        LockRelease.ByReset => "An administrator has to reset two-factor authentication. You then set it up again.",
        _ => "An administrator has to unlock your account.",
    };
}
