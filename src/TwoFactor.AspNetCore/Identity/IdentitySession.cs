using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using TwoFactor.Accounts;

namespace TwoFactor.AspNetCore.Identity;

/// <summary>What Identity's session carries of a two-factor sign-in: the account's epoch, and the proof when a factor was passed.</summary>
internal static class IdentitySession
{
    private const string Epoch = "TwoFactor.Epoch";
    private const string ProofOfFactor = "TwoFactor.Proof";

    public static void Write(AuthenticationProperties properties, long epoch, Proof? proof)
    {
        properties.Items[Epoch] = epoch.ToString(CultureInfo.InvariantCulture);
        properties.Items[ProofOfFactor] = proof?.Serialize();
    }

    /// <summary>True when a sign-in through this package wrote them.</summary>
    public static bool IsOurs(AuthenticationProperties? properties) => properties?.Items.ContainsKey(Epoch) == true;

    /// <summary>The epoch; 0, that of an account nothing was revoked of, for a session from before the switch-over.</summary>
    public static long EpochOf(AuthenticationProperties properties) =>
        properties.Items.TryGetValue(Epoch, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) ? epoch : 0;

    public static Proof? ProofOf(AuthenticationProperties? properties) =>
        properties is not null && properties.Items.TryGetValue(ProofOfFactor, out var text) && Proof.TryDeserialize(text, out var proof) ? proof : null;
}
