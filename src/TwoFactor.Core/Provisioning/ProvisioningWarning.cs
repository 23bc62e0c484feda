namespace TwoFactor.Provisioning;

/// <summary>Something that will go wrong with some app, though the URI is valid.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Fact">The app, the parameter and the source, for <see cref="ProvisioningWarningKind.NotHonoured"/>; otherwise null.</param>
public sealed record ProvisioningWarning(ProvisioningWarningKind Kind, CompatibilityFact? Fact = null)
{
    /// <summary>The warning in words, without any part of the URI.</summary>
    public override string ToString() => Kind switch
    {
        ProvisioningWarningKind.CounterAboveInt32 => "The counter is above 2147483647: Google Authenticator cannot import it.",
        ProvisioningWarningKind.LongUri => $"The URI has more than {ProvisioningWarnings.LongUri} characters: its QR code is hard to scan.",
        _ => $"{Fact?.App} and {Fact?.Parameter} {Fact?.Value}: {Fact?.Support}. {Fact?.Note}".TrimEnd(),
    };
}
