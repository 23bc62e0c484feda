using System.Globalization;
using TwoFactor.Otp;

namespace TwoFactor.Provisioning;

/// <summary>Says which authenticator apps honour given parameters. Most that do not, do not say so: they show wrong codes.</summary>
public static class AuthenticatorCompatibility
{
    /// <summary>All eight apps.</summary>
    public static IReadOnlyList<AuthenticatorApp> Apps { get; } = Array.AsReadOnly(Enum.GetValues<AuthenticatorApp>());

    /// <summary>Everything that is known, each fact with its source.</summary>
    public static IReadOnlyList<CompatibilityFact> Facts { get; } = Array.AsReadOnly(CompatibilityTable.Rows);

    /// <summary>What apps do with labels and issuers; <see cref="OtpAuthUriBuilder"/> writes URIs that live with it.</summary>
    public static IReadOnlyList<AuthenticatorQuirk> Quirks { get; } = Array.AsReadOnly(AuthenticatorQuirk.Known);

    /// <summary>What each of the eight apps does with the parameters, in the order of <see cref="Apps"/>.</summary>
    /// <param name="parameters">The parameters of an enrolment. T0 has no place in a URI and no say here.</param>
    public static IReadOnlyList<AppCompatibility> Query(TotpParameters parameters) =>
        Array.AsReadOnly([.. Apps.Select(app => Query(app, parameters))]);

    /// <summary>What one app does with the parameters.</summary>
    /// <param name="app">The app.</param>
    /// <param name="parameters">The parameters of an enrolment.</param>
    /// <exception cref="ArgumentOutOfRangeException">The enumeration does not define the app.</exception>
    public static AppCompatibility Query(AuthenticatorApp app, TotpParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (!Enum.IsDefined(app))
            throw new ArgumentOutOfRangeException(nameof(app), app, "Not one of the apps in AuthenticatorCompatibility.Apps.");
        return new AppCompatibility(
            app,
            Find(app, ProvisioningParameter.Algorithm, OtpAlgorithmNames.ToName(parameters.Algorithm)),
            Find(app, ProvisioningParameter.Digits, parameters.Digits.ToString(CultureInfo.InvariantCulture)),
            Find(app, ProvisioningParameter.Period, parameters.PeriodSeconds == 30 ? "30" : CompatibilityTable.OtherPeriod));
    }

    /// <summary>Whether all eight apps are known to honour all of the parameters. True for <see cref="TotpParameters.Default"/>.</summary>
    /// <param name="parameters">The parameters of an enrolment.</param>
    public static bool IsHonouredByAll(TotpParameters parameters) => Query(parameters).All(app => app.IsCompatible);

    private static CompatibilityFact Find(AuthenticatorApp app, ProvisioningParameter parameter, string value) =>
        Array.Find(CompatibilityTable.Rows, fact => fact.App == app && fact.Parameter == parameter && fact.Value == value)
        ?? new CompatibilityFact(app, parameter, value, AppSupport.Undocumented, Source: "");
}
