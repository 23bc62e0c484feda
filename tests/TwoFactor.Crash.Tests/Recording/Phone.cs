using TwoFactor.Otp;

namespace TwoFactor.Crash.Tests.Recording;

/// <summary>An authenticator app with the entries that a user was offered, by their enrolments.</summary>
internal sealed class Phone
{
    // As far as the service looks for a hint that a clock is off, and further.
    private const int Around = 20;

    private readonly Dictionary<string, byte[]> _seeds = [];

    public bool Has(string? enrollment) => enrollment is not null && _seeds.ContainsKey(enrollment);

    public void Add(string enrollment, string manualKey)
    {
        if (!OtpSecret.TryParseBase32(manualKey, out var secret, out _)) throw new InvalidOperationException("The offer has no key.");
        using (secret) _seeds[enrollment] = secret.Bytes.ToArray();
    }

    public string CodeAt(string enrollment, long step) => Totp.Generate(_seeds[enrollment], step, TotpParameters.Default);

    /// <summary>False for one of the few steps whose code another step nearby has, too: which of them was meant could not be told.</summary>
    public bool IsDistinct(string enrollment, long step)
    {
        var code = CodeAt(enrollment, step);
        return IsUnknown(enrollment, code, step - Around, step - 1) && IsUnknown(enrollment, code, step + 1, step + Around);
    }

    /// <summary>Six digits that no step nearby has.</summary>
    public string WrongCodeAt(string enrollment, long step) =>
        Enumerable.Range(0, 1000).Select(i => $"{i:D6}").First(code => IsUnknown(enrollment, code, step - Around, step + Around));

    private bool IsUnknown(string enrollment, string code, long first, long last) =>
        Totp.FindMatchingStep(_seeds[enrollment], code, first, last, TotpParameters.Default) is null;
}
