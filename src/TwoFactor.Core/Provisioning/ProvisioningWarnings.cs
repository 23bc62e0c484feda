using TwoFactor.Otp;

namespace TwoFactor.Provisioning;

/// <summary>Finds what some app will get wrong. Nothing is found for the default parameters and names of ordinary length.</summary>
public static class ProvisioningWarnings
{
    /// <summary>URIs of more characters are warned about: 500.</summary>
    public const int LongUri = 500;

    /// <summary>The warnings of a TOTP enrolment.</summary>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="uriLength">Characters of its URI; 0 when there is none yet.</param>
    public static IReadOnlyList<ProvisioningWarning> ForTotp(TotpParameters parameters, int uriLength = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(uriLength);
        var warnings = NotHonoured(parameters, static _ => true);
        if (uriLength > LongUri) warnings.Add(new(ProvisioningWarningKind.LongUri));
        return warnings.AsReadOnly();
    }

    /// <summary>The warnings of an HOTP token.</summary>
    /// <param name="counter">Its counter, 0 or more.</param>
    /// <param name="digits">Digits of a code, 6 to 8 inclusive.</param>
    /// <param name="algorithm">The hash.</param>
    /// <param name="uriLength">Characters of its URI; 0 when there is none yet.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static IReadOnlyList<ProvisioningWarning> ForHotp(
        long counter, int digits = 6, OtpAlgorithm algorithm = OtpAlgorithm.Sha1, int uriLength = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(counter);
        ArgumentOutOfRangeException.ThrowIfNegative(uriLength);
        var parameters = new TotpParameters { Digits = digits, Algorithm = algorithm };
        var warnings = NotHonoured(parameters, static fact => fact.Parameter != ProvisioningParameter.Period);
        if (counter > int.MaxValue) warnings.Add(new(ProvisioningWarningKind.CounterAboveInt32));
        if (uriLength > LongUri) warnings.Add(new(ProvisioningWarningKind.LongUri));
        return warnings.AsReadOnly();
    }

    private static List<ProvisioningWarning> NotHonoured(TotpParameters parameters, Func<CompatibilityFact, bool> applies) =>
        [.. AuthenticatorCompatibility.Query(parameters)
            .SelectMany(app => app.Facts)
            .Where(fact => fact.Support is AppSupport.NotHonoured or AppSupport.Varies && applies(fact))
            .Select(fact => new ProvisioningWarning(ProvisioningWarningKind.NotHonoured, fact))];
}
