using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Otp;

namespace TwoFactor.StoreConformance.Attacks;

/// <summary>A user with an authenticator app and backup codes.</summary>
internal sealed class Person(UserId id, TimeProvider clock)
{
    public UserId Id => id;

    public byte[] Seed { get; set; } = [];

    public ImmutableArray<string> BackupCodes { get; set; } = [];

    /// <summary>From confirming the set-up.</summary>
    public Proof? Proof { get; set; }

    /// <summary>The code that the app shows now.</summary>
    public string CodeNow => CodeAt(0);

    /// <summary>Six digits that no step near the present has.</summary>
    public string WrongCode => WrongCodes(1)[0];

    private long Step => Totp.StepAt(clock.GetUtcNow(), TotpParameters.Default);

    /// <summary>The code of another step: −1 is the one before.</summary>
    public string CodeAt(int offset) => Totp.Generate(Seed, Step + offset, TotpParameters.Default);

    public string[] WrongCodes(int count) => [.. Enumerable.Range(0, 1000).Select(i => $"{i:D6}")
        .Where(code => Totp.FindMatchingStep(Seed, code, Step - 50, Step + 50, TotpParameters.Default) is null).Take(count)];
}
