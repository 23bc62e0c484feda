namespace TwoFactor.Provisioning;

/// <summary>The parameters of a URI that apps are known to ignore.</summary>
public enum ProvisioningParameter
{
    /// <summary>The hash.</summary>
    Algorithm = 0,

    /// <summary>Digits of a code.</summary>
    Digits,

    /// <summary>Seconds of a step.</summary>
    Period,
}
