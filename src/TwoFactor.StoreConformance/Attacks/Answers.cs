using TwoFactor.SignIn;
using TwoFactor.Verification;

namespace TwoFactor.StoreConformance.Attacks;

/// <summary>What many callers were answered.</summary>
internal static class Answers
{
    public static CodeRefusal? Refusal(this VerifySignInResult result) => (result as VerifySignInResult.Refused)?.Refusal;

    public static CodeRefusal? Refusal(this StepUpResult result) => (result as StepUpResult.Refused)?.Refusal;

    /// <summary>Answered as a wrong code, which is what tells a guesser something.</summary>
    public static bool IsToldWrong(this CodeRefusal? refusal) => refusal is CodeRefusal.Wrong or CodeRefusal.StartOver;

    public static string Summary(IEnumerable<object> answers) => string.Join(", ", answers
        .GroupBy(answer => answer switch
        {
            VerifySignInResult.Refused refused => refused.Refusal.GetType().Name,
            StepUpResult.Refused refused => refused.Refusal.GetType().Name,
            _ => answer.GetType().Name,
        })
        .Select(group => $"{group.Count()} {group.Key}"));
}
