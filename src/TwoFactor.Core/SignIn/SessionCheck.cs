using TwoFactor.Enforcement;

namespace TwoFactor.SignIn;

/// <summary>
/// What policy would like of a session that exists. It ends none: the host may prompt, or ask for a code before something sensitive.
/// </summary>
/// <param name="Outcome">What a sign-in now would be answered with.</param>
/// <param name="Explanation">Why.</param>
/// <param name="NeedsStepUp">True when a second factor is asked for now and the session's proof, if any, is not of the present authenticator.</param>
public sealed record SessionCheck(EnforcementOutcome Outcome, EnforcementExplanation Explanation, bool NeedsStepUp);
