using Microsoft.Extensions.Logging;
using TwoFactor.Accounts;
using TwoFactor.TrustedDevices;

namespace TwoFactor.AspNetCore.Diagnostics;

/// <summary>
/// Everything that this package logs. No code, token, cookie, seed, claim, path or e-mail address is an argument; a <see cref="UserId"/> has no
/// character that could break a line by its type, and the rest are the names of enumerations.
/// </summary>
internal static partial class WebLog
{
    [LoggerMessage(7001, LogLevel.Information, "{User} signed in by {Method}; second factor: {Factor}; by a trusted device: {ViaTrust}.")]
    public static partial void SignedIn(ILogger logger, UserId user, SignInMethodKind method, MfaFactorType? factor, bool viaTrust);

    [LoggerMessage(7002, LogLevel.Information, "{User} passed the first factor by {Method}; a code is asked for.")]
    public static partial void CodeAsked(ILogger logger, UserId user, SignInMethodKind method);

    [LoggerMessage(7003, LogLevel.Information, "{User} passed the first factor by {Method}; an authenticator must be set up first.")]
    public static partial void SetupAsked(ILogger logger, UserId user, SignInMethodKind method);

    [LoggerMessage(7004, LogLevel.Information, "{User} passed the first factor by {Method} and is turned away: {Outcome}.")]
    public static partial void TurnedAway(ILogger logger, UserId user, SignInMethodKind method, string outcome);

    [LoggerMessage(7005, LogLevel.Information, "A code of {User} was refused: {Refusal}.")]
    public static partial void CodeRefused(ILogger logger, UserId user, string refusal);

    [LoggerMessage(7006, LogLevel.Information, "{User} proved a factor anew: {Factor}.")]
    public static partial void SteppedUp(ILogger logger, UserId user, MfaFactorType factor);

    [LoggerMessage(7010, LogLevel.Information, "A session of {User} has ended: it was made in epoch {SessionEpoch}, the account is in {Epoch}.")]
    public static partial void SessionEnded(ILogger logger, UserId user, long sessionEpoch, long epoch);

    [LoggerMessage(7011, LogLevel.Warning, "A session cookie of the scheme was refused: it carries no two-factor session.")]
    public static partial void SessionMissing(ILogger logger);

    [LoggerMessage(7020, LogLevel.Warning, "The cookie of a half-finished sign-in was refused: it was not made here, or was changed.")]
    public static partial void PendingSignInForged(ILogger logger);

    [LoggerMessage(7021, LogLevel.Information, "The cookie of a half-finished sign-in was refused: it has expired.")]
    public static partial void PendingSignInExpired(ILogger logger);

    [LoggerMessage(7022, LogLevel.Information, "The trusted browser of {User} was refused: {Refusal}.")]
    public static partial void TrustRefused(ILogger logger, UserId user, TrustRefusal refusal);

    [LoggerMessage(7023, LogLevel.Warning, "The cookie of a trusted browser was dropped: it is malformed or another user's.")]
    public static partial void TrustMalformed(ILogger logger);

    [LoggerMessage(7030, LogLevel.Information, "{User} was refused by a two-factor requirement: {Code}.")]
    public static partial void RequirementFailed(ILogger logger, UserId user, string code);

    [LoggerMessage(7040, LogLevel.Warning, "A cookie was set on a request that came over plain http: browsers keep it only if the connection they see is https. "
        + "Behind a proxy, add forwarded headers; in development, set AllowInsecureCookies.")]
    public static partial void InsecureRequest(ILogger logger);

    [LoggerMessage(7050, LogLevel.Error, "The two-factor health check failed at {Part}: {Fault}.")]
    public static partial void Unhealthy(ILogger logger, string part, string fault);
}
