using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Verification;

namespace TwoFactor.Tests.SignIn;

public sealed class SignInTests
{
    [Test]
    public async Task A_user_without_an_authenticator_signs_in_with_the_first_factor_alone()
    {
        using var host = TestHost.Start();
        var result = await host.SignIn.BeginAsync(new SignInRequest(new UserId("ada")));
        Assert.That(result, Is.TypeOf<BeginSignInResult.Allowed>());
    }

    [TestCase("password"), TestCase("magic link")]
    public async Task A_user_with_an_authenticator_is_asked_for_a_code(string method)
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var request = new SignInRequest(ada.Id) { Method = method == "password" ? SignInMethod.Password : SignInMethod.MagicLink };
        var begun = (await host.SignIn.BeginAsync(request)).As<BeginSignInResult.ChallengeRequired>();
        Assert.Multiple(() =>
        {
            Assert.That(begun.AttemptsLeft, Is.EqualTo(3));
            Assert.That(begun.HasBackupCodes, Is.True);
            Assert.That(begun.ExpiresAt - host.Now, Is.GreaterThan(TimeSpan.Zero).And.LessThanOrEqualTo(TimeSpan.FromMinutes(10)));
        });
    }

    [Test]
    public async Task Single_sign_on_and_third_party_logins_bring_their_own_second_factor()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        foreach (var method in new[] { SignInMethod.Sso, SignInMethod.External("Google") })
            Assert.That(await host.SignIn.BeginAsync(new SignInRequest(ada.Id) { Method = method }), Is.TypeOf<BeginSignInResult.Allowed>(), method.ToString());
    }

    [Test]
    public async Task The_code_on_the_screen_completes_the_sign_in_and_yields_a_proof()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var signedIn = (await host.SignInAsync(ada)).As<VerifySignInResult.SignedIn>();
        Assert.Multiple(() =>
        {
            Assert.That(signedIn.Proof.UserId, Is.EqualTo(ada.Id));
            Assert.That(signedIn.Proof.Factor, Is.EqualTo(MfaFactorType.Totp));
            Assert.That(signedIn.Proof.EnrollmentId, Is.EqualTo(ada.EnrollmentId));
            Assert.That(signedIn.Proof.ProvedAt, Is.EqualTo(host.Now));
            Assert.That(signedIn.Proof.Method, Is.EqualTo(SignInMethod.Password));
            Assert.That(signedIn.Proof.ViaTrust, Is.False);
            Assert.That(signedIn.Proof.ViaRecovery, Is.False);
            Assert.That(signedIn.BackupCodesLeft, Is.EqualTo(10));
            Assert.That(signedIn.ClockOffset, Is.Zero);
        });
    }

    [Test]
    public async Task A_satisfied_challenge_is_dead()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var challenge = await host.PassPasswordAsync(ada);
        Assert.That(await host.EnterAsync(challenge, ada.App.CodeAt(host.Now)), Is.TypeOf<VerifySignInResult.SignedIn>());
        host.NextCode();
        Assert.That(await host.EnterAsync(challenge, ada.App.CodeAt(host.Now)), Is.TypeOf<VerifySignInResult.ChallengeVoid>());
    }

    [Test]
    public async Task A_challenge_lives_to_its_expiry_and_not_a_tick_longer()
    {
        using var host = TestHost.Start(o => o.SignIn.ChallengeLifetime = TimeSpan.FromMinutes(2));
        var ada = await host.EnrollAsync();
        var (early, late) = (await host.PassPasswordAsync(ada), await host.PassPasswordAsync(ada));
        var expiry = host.Now + TimeSpan.FromMinutes(2);
        host.Clock.SetTo(expiry - TimeSpan.FromTicks(1));
        Assert.That(await host.EnterAsync(early, ada.App.CodeAt(host.Now)), Is.TypeOf<VerifySignInResult.SignedIn>());
        host.Clock.SetTo(expiry);
        Assert.That(await host.EnterAsync(late, ada.App.CodeAt(host.Now)), Is.TypeOf<VerifySignInResult.ChallengeVoid>());
    }

    [Test]
    public async Task A_token_survives_being_written_down_and_a_changed_one_opens_nothing()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var text = (await host.PassPasswordAsync(ada)).Reveal();
        var end = text.LastIndexOf('.') + 1;
        var changed = text[..end] + (text[end] == 'A' ? 'B' : 'A') + text[(end + 1)..];
        Assert.That(ChallengeToken.TryParse(changed, out var forged), Is.True);
        Assert.That(await host.EnterAsync(forged!, ada.App.CodeAt(host.Now)), Is.TypeOf<VerifySignInResult.ChallengeVoid>());
        Assert.That(ChallengeToken.TryParse(text, out var token), Is.True);
        Assert.That(await host.EnterAsync(token!, ada.App.CodeAt(host.Now)), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [TestCaseSource(typeof(HostileText), nameof(HostileText.Names))]
    public void Any_text_can_be_offered_as_a_token(string name)
    {
        var text = HostileText.Named(name);
        Assert.That(ChallengeToken.TryParse(text, out _), Is.False);
        Assert.That(ChallengeToken.TryParse("YWRh." + text, out _), Is.False);
        Assert.That(ChallengeToken.TryParse(text + "." + new string('A', 43), out var token), Is.False, token?.ToString());
    }

    [Test]
    [Feature("C5")]
    public async Task Three_wrong_codes_end_the_attempt_and_the_sign_in_starts_over()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var challenge = await host.PassPasswordAsync(ada);
        var wrong = ada.App.WrongCodeAt(host.Now);
        Assert.That((await host.EnterAsync(challenge, wrong)).Refusal().As<CodeRefusal.Wrong>().AttemptsLeft, Is.EqualTo(2));
        Assert.That((await host.EnterAsync(challenge, wrong)).Refusal().As<CodeRefusal.Wrong>().AttemptsLeft, Is.EqualTo(1));
        Assert.That((await host.EnterAsync(challenge, wrong)).Refusal(), Is.TypeOf<CodeRefusal.StartOver>());
        Assert.That(await host.EnterAsync(challenge, ada.App.CodeAt(host.Now)), Is.TypeOf<VerifySignInResult.ChallengeVoid>(), "the right code comes too late");
        Assert.That(await host.SignInAsync(ada), Is.TypeOf<VerifySignInResult.SignedIn>(), "and was not burnt by that");
    }

    [Test]
    public async Task The_last_two_sign_ins_are_remembered()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var first = host.Now;
        await host.MustSignInAsync(ada);
        var second = host.Now;
        await host.MustSignInAsync(ada);
        var status = await host.Status.GetAsync(ada.Id);
        Assert.That((status.PreviousSignInAt, status.LastSignInAt), Is.EqualTo(((DateTimeOffset?)first, (DateTimeOffset?)second)));
    }

    [Test]
    public async Task Misuse_names_the_parameter()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var challenge = await host.PassPasswordAsync(ada);
        var signIn = host.SignIn;
        Assert.Multiple(() =>
        {
            Assert.That(
                () => signIn.BeginAsync(null!).AsTask(),
                Throws.ArgumentNullException.With.Property("ParamName").EqualTo("request"));
            Assert.That(
                () => signIn.BeginAsync(new SignInRequest(default)).AsTask(),
                Throws.ArgumentException.With.Property("ParamName").EqualTo("request"));
            Assert.That(
                () => signIn.VerifyAsync(null!, MfaFactorType.Totp, "").AsTask(),
                Throws.ArgumentNullException.With.Property("ParamName").EqualTo("challenge"));
            Assert.That(
                () => signIn.VerifyAsync(challenge, MfaFactorType.Totp, null!).AsTask(),
                Throws.ArgumentNullException.With.Property("ParamName").EqualTo("code"));
            Assert.That(
                () => signIn.VerifyAsync(challenge, 0, "").AsTask(),
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("factor"));
            Assert.That(
                () => signIn.StepUpAsync(default, MfaFactorType.Totp, "").AsTask(),
                Throws.ArgumentException.With.Property("ParamName").EqualTo("userId"));
        });
    }
}
