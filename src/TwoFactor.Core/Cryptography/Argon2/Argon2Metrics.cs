using System.Diagnostics.Metrics;

namespace TwoFactor.Cryptography.Argon2;

/// <summary>
/// Makes the number of hashes observable: what an attempt costs is a security property (unknown, spent, wrong: one each).
/// </summary>
internal static class Argon2Metrics
{
    private static readonly Meter s_meter = new("TwoFactor");

    public static Counter<long> Hashes { get; } =
        s_meter.CreateCounter<long>("twofactor.argon2.hashes", "{hash}", "Argon2id hashes begun");
}
