using System.Collections.Immutable;
using TwoFactor.TrustedDevices;

namespace TwoFactor.AspNetCore.Endpoints.Contracts;

/// <summary>The caller's trusted devices, the last used first.</summary>
/// <param name="Devices">At most ten.</param>
public sealed record TrustedDevicesResponse(ImmutableArray<TrustedDeviceResponse> Devices);

/// <summary>A browser where no code is asked for until a time.</summary>
public sealed record TrustedDeviceResponse
{
    /// <summary>To revoke it by.</summary>
    public required string Id { get; init; }

    /// <summary>What it was called when it was trusted.</summary>
    public required string Name { get; init; }

    /// <summary>When a factor was passed on it.</summary>
    public required DateTimeOffset TrustedAt { get; init; }

    /// <summary>When it last stood in for one.</summary>
    public required DateTimeOffset LastUsedAt { get; init; }

    /// <summary>When it ends under the present policy.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    internal static TrustedDeviceResponse Of(TrustedDeviceInfo device) => new()
    {
        Id = device.Id.ToString(),
        Name = device.Name,
        TrustedAt = device.TrustedAt,
        LastUsedAt = device.LastUsedAt,
        ExpiresAt = device.ExpiresAt,
    };
}

/// <summary>Devices that are trusted no longer.</summary>
/// <param name="Revoked">How many.</param>
public sealed record RevokedResponse(int Revoked);
