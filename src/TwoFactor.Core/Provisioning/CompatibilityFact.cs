namespace TwoFactor.Provisioning;

/// <summary>What one app does with one value of one parameter, and who says so.</summary>
/// <param name="App">The app.</param>
/// <param name="Parameter">The parameter.</param>
/// <param name="Value">The value as a URI spells it, such as <c>SHA256</c> or <c>8</c>; <c>other than 30</c> for all other periods.</param>
/// <param name="Support">Whether the app honours it.</param>
/// <param name="Source">Address of the statement; empty when <see cref="AppSupport.Undocumented"/> and nothing was found at all.</param>
/// <param name="Note">Versions, platforms and contradictions; may be empty.</param>
public sealed record CompatibilityFact(
    AuthenticatorApp App, ProvisioningParameter Parameter, string Value, AppSupport Support, string Source, string Note = "");
