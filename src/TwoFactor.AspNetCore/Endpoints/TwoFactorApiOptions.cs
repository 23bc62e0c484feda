using TwoFactor.AspNetCore.Localization;

namespace TwoFactor.AspNetCore.Endpoints;

/// <summary>The settings of the JSON API.</summary>
public sealed class TwoFactorApiOptions
{
    /// <summary>The languages of its texts. Default English and German; the last one added wins over others with its tag.</summary>
    public IList<TwoFactorLanguage> Languages { get; } = [TwoFactorLanguage.English, TwoFactorLanguage.German];

    /// <summary>
    /// How old the proof in an administrator's session may be for acts on users and policies, for an administrator who has an authenticator. 10 seconds to
    /// 1 day; null (the default) for as long as the session lasts. A trusted device never carries them.
    /// </summary>
    public TimeSpan? AdministrationProofMaxAge { get; set; }

    /// <summary>The most bytes that a body may have, but for a policy. 4,096 to 65,536; default 16,384.</summary>
    public int MaxBodyBytes { get; set; } = 16_384;

    /// <summary>The most bytes that a policy may have. 4,096 to 4,194,304; default 524,288.</summary>
    public int MaxPolicyBytes { get; set; } = 524_288;
}
