using TwoFactor.Accounts;
using TwoFactor.Storage;

namespace TwoFactor.TrustedDevices;

/// <summary>The answer to the wish to trust a device no longer. A closed hierarchy.</summary>
public abstract record RevokeTrustedDeviceResult
{
    private RevokeTrustedDeviceResult()
    {
    }

    /// <summary>It is dead, and that is recorded.</summary>
    /// <param name="Count">How many devices; at least 1.</param>
    public sealed record Revoked(int Count) : RevokeTrustedDeviceResult, IGrant;

    /// <summary>The user has no such device, or none at all.</summary>
    public sealed record NotFound : RevokeTrustedDeviceResult;

    /// <summary>The account is not used: its region is unknown or another one, or it is being moved. Not counted.</summary>
    /// <param name="Reason">Which of these, and so what to tell the user.</param>
    public sealed record RegionRefused(RegionRefusal Reason) : RevokeTrustedDeviceResult;

    /// <summary>Other requests for this account won every write; try again.</summary>
    public sealed record Contended : RevokeTrustedDeviceResult;
}
