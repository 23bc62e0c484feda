namespace TwoFactor.Sample.Web.Services.Texts;

/// <summary>Why somebody finds himself on the sign-in page.</summary>
public enum SignInNotice
{
    SignedOut = 1,
    SessionEnded = 2,
    StartOver = 3,
    Expired = 4,
}

public static class SignInNoticeText
{
    public static Notice? Of(SignInNotice? notice) => notice switch
    {
        SignInNotice.SignedOut => new(NoticeKind.Success, "You are signed out."),
        SignInNotice.SessionEnded => new(
            NoticeKind.Info, "You were signed out", "Two-factor authentication of your account was changed elsewhere. Sign in again."),
        SignInNotice.StartOver => new(
            NoticeKind.Warning, "Too many wrong codes", "This sign-in attempt has ended. Start over with your password."),
        SignInNotice.Expired => new(
            NoticeKind.Info, "This sign-in attempt has ended", "It took too long, or was replaced by another. Start over with your password."),
        _ => null,
    };
}
