using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.SignIn;
using TwoFactor.TrustedDevices;

namespace TwoFactor.Tests.Support;

/// <summary>A browser with its cookies: it keeps the token of a trusted device as a host would, through text.</summary>
internal sealed class Browser(SignInService signIn, Person person, Func<DateTimeOffset> now)
{
    /// <summary>The cookie; null when it has none.</summary>
    public string? Cookie { get; set; }

    public UserId User => person.Id;

    /// <summary>The password is right; the cookie is kept as the answer says.</summary>
    public async Task<BeginSignInResult> BeginAsync()
    {
        var token = Cookie is null ? null : TrustedDeviceToken.TryParse(Cookie, out var parsed) ? parsed : throw new AssertionException("The cookie is no token.");
        var result = await signIn.BeginAsync(new SignInRequest(person.Id) { TrustedDevice = token });
        if (result is BeginSignInResult.Trusted trusted) Cookie = trusted.Device.Token.Reveal();
        if (result is BeginSignInResult.ChallengeRequired { TrustRefusal: not null }) Cookie = null;
        return result;
    }

    /// <summary>Types the code that the app shows, with the checkbox ticked or not.</summary>
    public async Task<VerifySignInResult.SignedIn> EnterCodeAsync(ChallengeToken challenge, string? trustAs)
    {
        var signedIn = (await signIn.VerifyAsync(
            challenge, MfaFactorType.Totp, person.App.CodeAt(now()), trustAs is null ? null : new TrustRequest(trustAs))).As<VerifySignInResult.SignedIn>();
        if (signedIn.Device is { } device) Cookie = device.Token.Reveal();
        return signedIn;
    }

    /// <summary>A whole sign-in with a code; the browser is trusted from then on.</summary>
    public async Task<TrustedDeviceGrant> TrustAsync(string name = "Firefox on Linux")
    {
        var challenge = (await BeginAsync()).As<BeginSignInResult.ChallengeRequired>();
        return (await EnterCodeAsync(challenge.Challenge, name)).Device ?? throw new AssertionException("The device was not trusted.");
    }

    /// <summary>True when the next sign-in asks for no code.</summary>
    public async Task<bool> IsTrustedAsync() => await BeginAsync() switch
    {
        BeginSignInResult.Trusted => true,
        BeginSignInResult.ChallengeRequired => false,
        var other => throw new AssertionException($"Neither trusted nor asked: {other}"),
    };
}
