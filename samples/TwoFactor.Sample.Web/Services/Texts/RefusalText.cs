using TwoFactor.Accounts;
using TwoFactor.Verification;

namespace TwoFactor.Sample.Web.Services.Texts;

/// <summary>What a person reads when a code was not accepted. The one place for these words.</summary>
public static class RefusalText
{
    /// <param name="refusal">Why.</param>
    /// <param name="factor">What kind of code it was.</param>
    /// <param name="digits">How many digits the app shows.</param>
    public static string Of(CodeRefusal refusal, MfaFactorType factor, int digits) => refusal switch
    {
        CodeRefusal.Malformed when factor == MfaFactorType.Totp => $"Enter the {digits} digits that the app shows.",
        CodeRefusal.Malformed => "That is not a backup code. It has 16 letters and digits; check for a typing error.",
        CodeRefusal.Wrong wrong => $"That code is not right. {Durations.Counted(wrong.AttemptsLeft, "attempt")} left.",
        CodeRefusal.Replayed => "That code was used already. Wait for the app to show the next one.",
        CodeRefusal.StartOver => "Too many wrong codes.",
        CodeRefusal.LockedOut => "The account is locked.",
        CodeRefusal.Busy or CodeRefusal.Contended => "We are busy just now, and the code was not counted. Try again in a moment.",
        CodeRefusal.ClockMovedBack => "Codes cannot be checked because the server's clock is wrong. Tell your administrator.",
        _ => "Codes cannot be checked just now. Tell your administrator.",
    };

    /// <summary>What to do about a phone whose clock is off; null when the refusal says nothing of it.</summary>
    public static Notice? ClockHint(CodeRefusal refusal)
    {
        if (refusal is not CodeRefusal.Wrong { ClockHint: { } hint }) return null;
        var direction = hint.DeviceOffset < TimeSpan.Zero ? "behind" : "ahead";
        return new Notice(
            NoticeKind.Warning,
            "Check your device\u2019s clock",
            $"It seems to be about {Durations.InWords(hint.DeviceOffset)} {direction}. Set date and time to automatic, then use the next code.");
    }
}
