namespace TwoFactor.Provisioning;

/// <summary>What one app does with the parameters of an enrolment.</summary>
/// <param name="App">The app.</param>
/// <param name="Algorithm">What it does with the algorithm.</param>
/// <param name="Digits">What it does with the number of digits.</param>
/// <param name="Period">What it does with the period.</param>
public sealed record AppCompatibility(AuthenticatorApp App, CompatibilityFact Algorithm, CompatibilityFact Digits, CompatibilityFact Period)
{
    /// <summary>All three are known to be honoured.</summary>
    public bool IsCompatible => Facts.All(fact => fact.Support == AppSupport.Honoured);

    /// <summary>The three facts.</summary>
    public IEnumerable<CompatibilityFact> Facts => [Algorithm, Digits, Period];
}
