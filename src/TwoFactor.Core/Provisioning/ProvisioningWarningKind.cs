namespace TwoFactor.Provisioning;

/// <summary>What a warning is about.</summary>
public enum ProvisioningWarningKind
{
    /// <summary>An app ignores or refuses a parameter, always or in some versions: see <see cref="ProvisioningWarning.Fact"/>.</summary>
    NotHonoured = 0,

    /// <summary>The counter is above 2^31 - 1: Google Authenticator cannot import it.</summary>
    CounterAboveInt32,

    /// <summary>
    /// The URI has more than <see cref="ProvisioningWarnings.LongUri"/> characters: its QR code is dense and hard to scan.
    /// </summary>
    LongUri,
}
