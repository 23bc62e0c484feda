using TwoFactor.Enforcement;

namespace TwoFactor.Sample.Web.Services.Texts;

/// <summary>How sign-ins would end, in words.</summary>
public static class OutcomeText
{
    public static string Of(SimulatedOutcome outcome) => outcome switch
    {
        SimulatedOutcome.Allow => "Sign in without a code",
        SimulatedOutcome.Exempt => "Sign in without a code, being exempt for a while",
        SimulatedOutcome.AllowUntil => "Are reminded to set up, and may postpone",
        SimulatedOutcome.RequireChallenge => "Enter a code",
        SimulatedOutcome.RequireEnrollment => "Must set up before they get in",
        SimulatedOutcome.EnrollElsewhere => "Must set up on another device first",
        _ => "Are turned away",
    };

    /// <summary>Why an administrator could not sign in.</summary>
    public static string Of(SignInHindrance hindrance) => hindrance switch
    {
        SignInHindrance.TurnedAway => "would be turned away: no authenticator when the grace is over",
        SignInHindrance.NoClient => "would have to set up an authenticator, with no client to do it in",
        _ => "is locked until an administrator unlocks",
    };
}
