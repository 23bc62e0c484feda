using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Cryptography;
using TwoFactor.Enrollment;
using TwoFactor.Otp;
using TwoFactor.SignIn;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Otp.Vectorized;

/// <summary>The option <c>Totp.UseVectorizedHmac</c>, from the registration to an accepted code.</summary>
[TestFixture]
[Feature("E1")]
public sealed class VectorizedOptionTests
{
    [Test]
    public void It_is_off_by_default() => Assert.That(new TwoFactorOptions().Totp.ToPolicy().Engine, Is.EqualTo(HmacEngine.Platform));

    [Test]
    public void It_reaches_the_policy_of_verification()
    {
        var options = new TwoFactorOptions();
        options.Totp.UseVectorizedHmac = true;
        Assert.That(options.Totp.ToPolicy().Engine, Is.EqualTo(HmacEngine.Vectorized));
    }

    [Test]
    public async Task Sign_in_accepts_right_codes_refuses_wrong_ones_and_allocates_no_platform_HMAC()
    {
        var platform = await BytesOfAWrongCodeAsync(vectorized: false);
        var vectorized = await BytesOfAWrongCodeAsync(vectorized: true);
        // One keyed HMAC of the platform for the window and one for each side of the clock hint.
        if (VectorizedHmac.IsAvailable) Assert.That(platform - vectorized, Is.GreaterThan(3 * 128));
    }

    private static async Task<long> BytesOfAWrongCodeAsync(bool vectorized)
    {
        var clock = new ManualTimeProvider();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        services.AddTwoFactor(options =>
        {
            options.Issuer = "Example";
            options.Totp.UseVectorizedHmac = vectorized;
            options.BackupCodes.Count = 1;
        }).UseSecretKeys("k1", [new("k1", Convert.ToBase64String(SecretKeyRing.GenerateKey()))]).UseInMemoryStore();
        await using var provider = services.BuildServiceProvider();
        var user = new UserId("user-1");
        using var secret = await EnrollAsync(provider.GetRequiredService<EnrollmentService>(), user, clock);

        var signIn = provider.GetRequiredService<SignInService>();
        long bytes = 0;
        // The last round counts: the first ones also allocate what is made once.
        for (var round = 0; round < 10; round++)
        {
            clock.Advance(TimeSpan.FromSeconds(60));
            var begun = await signIn.BeginAsync(new SignInRequest(user));
            Assert.That(begun, Is.InstanceOf<BeginSignInResult.ChallengeRequired>());
            var challenge = ((BeginSignInResult.ChallengeRequired)begun).Challenge;
            var wrong = WrongCodeAt(secret, clock);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var refused = signIn.VerifyAsync(challenge, MfaFactorType.Totp, wrong);
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.That(await refused, Is.InstanceOf<VerifySignInResult.Refused>());
            Assert.That(await signIn.VerifyAsync(challenge, MfaFactorType.Totp, CodeAt(secret, clock)), Is.InstanceOf<VerifySignInResult.SignedIn>());
        }

        return bytes;
    }

    private static async Task<OtpSecret> EnrollAsync(EnrollmentService enrollment, UserId user, ManualTimeProvider clock)
    {
        var begun = await enrollment.BeginAsync(user, "alice");
        Assert.That(begun, Is.InstanceOf<BeginEnrollmentResult.Started>());
        var offer = ((BeginEnrollmentResult.Started)begun).Offer;
        Assert.That(OtpSecret.TryParseBase32(offer.ManualKey, out var secret, out _), Is.True);
        Assert.That(await enrollment.ConfirmAsync(user, offer.EnrollmentId, CodeAt(secret!, clock)), Is.InstanceOf<ConfirmEnrollmentResult.Confirmed>());
        return secret!;
    }

    private static string CodeAt(OtpSecret secret, ManualTimeProvider clock) => Totp.Generate(secret.Bytes, StepAt(clock), TotpParameters.Default);

    private static long StepAt(ManualTimeProvider clock) => Totp.StepAt(clock.Now, TotpParameters.Default);

    /// <summary>A code that neither the window nor the clock hint finds.</summary>
    private static string WrongCodeAt(OtpSecret secret, ManualTimeProvider clock)
    {
        var codes = Enumerable.Range(-20, 41).Select(offset => Totp.Generate(secret.Bytes, StepAt(clock) + offset, TotpParameters.Default)).ToHashSet();
        return Enumerable.Range(0, 100).Select(n => $"{n:000000}").First(code => !codes.Contains(code));
    }
}
