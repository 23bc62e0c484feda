using TwoFactor.Otp;

namespace TwoFactor.Benchmarks.Scenarios;

/// <summary>What every benchmark of codes uses: the RFC's secret, a usual moment, a code that matches nothing.</summary>
internal static class Inputs
{
    public const string Issuer = "Example Corporation", Account = "alice.liddell@example.com", WrongCode = "000000";

    public static byte[] Key => "12345678901234567890"u8.ToArray();

    public static DateTimeOffset Now { get; } = new(2026, 3, 2, 9, 0, 15, TimeSpan.Zero);

    public static long Step { get; } = Totp.StepAt(Now, TotpParameters.Default);

    public static byte[] Message { get; } = BitConverter.GetBytes(System.Net.IPAddress.HostToNetworkOrder(Step));
}
