using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using TwoFactor.AspNetCore.Identity;
using TwoFactor.Otp;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Identity;

/// <summary>Calls of Identity that would pass over the second factor, and wirings that would lose it: an exception that says what to do instead.</summary>
internal sealed class MisuseTests
{
    private const string Ada = "ada@example.org";

    [Test]
    [Attack(24)]
    public async Task Signing_in_directly_does_not_pass_over_the_code()
    {
        await using var app = await IdentityApp.StartAsync(endpoints: Map);
        await app.AddUserAsync(Ada);
        using var browser = new Browser(app);
        Assert.That((await browser.OpenAsync("/direct")).Html, Is.EqualTo("signed in"), "Without an authenticator there is nothing to pass over.");
        var (phone, _) = await browser.SetUpAsync();
        using var other = new Browser(app);
        Assert.That((await other.OpenAsync("/direct")).Html, Is.EqualTo("RequiresTwoFactor"));
        Assert.That((await other.OpenAsync("/secret")).Name, Is.EqualTo("Login"));
        app.NextCode();
        var page = await other.OpenAsync("/Identity/Account/LoginWith2fa");
        Assert.That((await other.EnterCodeAsync(page, phone.CodeAt(app.Now))).Path, Is.EqualTo("/"), "The host can go on to the code from there.");
    }

    [Test]
    public async Task A_code_given_to_the_user_manager_and_a_direct_sign_in_make_a_sign_in_once()
    {
        await using var app = await IdentityApp.StartAsync(endpoints: Map);
        await app.AddUserAsync(Ada);
        using var browser = new Browser(app);
        await browser.EnterPasswordAsync(Ada);
        var (phone, _) = await browser.SetUpAsync();
        app.NextCode();
        var code = phone.CodeAt(app.Now);
        using var other = new Browser(app);
        Assert.That((await other.OpenAsync($"/own?code={code}")).Html, Is.EqualTo("signed in"));
        Assert.That((await other.OpenAsync("/secret")).Html, Is.EqualTo($"secret of {Ada}"));
        using var thief = new Browser(app);
        Assert.That((await thief.OpenAsync($"/own?code={code}")).Html, Is.EqualTo("Replayed"));
        Assert.That((await thief.OpenAsync("/secret")).Name, Is.EqualTo("Login"));
    }

    [Test]
    public async Task Password_and_code_in_one_request_sign_in()
    {
        await using var app = await IdentityApp.StartAsync(endpoints: Map);
        await app.AddUserAsync(Ada);
        using var browser = new Browser(app);
        await browser.EnterPasswordAsync(Ada);
        var (phone, _) = await browser.SetUpAsync();
        app.NextCode();
        using var other = new Browser(app);
        Assert.That((await other.OpenAsync($"/both?code={phone.CodeAt(app.Now)}")).Html, Is.EqualTo("RequiresTwoFactor Succeeded"));
        Assert.That((await other.OpenAsync("/secret")).Html, Is.EqualTo($"secret of {Ada}"));
    }

    [Test]
    public async Task Calls_that_cannot_be_made_safe_say_what_to_call()
    {
        await using var app = await IdentityApp.StartAsync();
        await app.AddUserAsync(Ada);
        using var browser = new Browser(app);
        await browser.EnterPasswordAsync(Ada);
        await browser.SetUpAsync();
        await app.WithUsersAsync(async users =>
        {
            var user = (await users.FindByEmailAsync(Ada))!;
            var grace = new IdentityUser("grace");
            await users.CreateAsync(grace);
            Assert.That(() => users.SetTwoFactorEnabledAsync(grace, true), Throws.TypeOf<TwoFactorRefusedException>().With.Message.Contains("VerifyTwoFactorTokenAsync"));
            Assert.That(() => users.VerifyTwoFactorTokenAsync(user, "Email", "123456"), Throws.TypeOf<TwoFactorRefusedException>().With.Message.Contains("VerifyUserTokenAsync"));
            Assert.That(() => users.SetTwoFactorEnabledAsync(user, false), Throws.TypeOf<TwoFactorProofRequiredException>().With.Message.Contains("sign in again with a code"));
            Assert.That(() => users.GenerateNewTwoFactorRecoveryCodesAsync(user, 10), Throws.TypeOf<TwoFactorProofRequiredException>());
            Assert.That(() => users.ResetAuthenticatorKeyAsync(user), Throws.TypeOf<TwoFactorRefusedException>().With.Message.Contains("EnrollmentService.BeginAsync"));
            Assert.That(await users.GetAuthenticatorKeyAsync(user), Is.Null);
            Assert.That(await users.GetValidTwoFactorProvidersAsync(user), Is.EqualTo([TokenOptions.DefaultAuthenticatorProvider]));
            return user;
        });
    }

    [Test]
    public async Task Parameters_that_Identitys_page_cannot_show_are_refused_on_it()
    {
        await using var app = await IdentityApp.StartAsync(twoFactor: options => options.Totp.Algorithm = OtpAlgorithm.Sha256);
        await app.AddUserAsync(Ada);
        using var browser = new Browser(app);
        await browser.EnterPasswordAsync(Ada);
        Assert.That((await browser.ManageAsync("EnableAuthenticator")).Html, Does.Contain("TwoFactorRefusedException"));
    }

    [Test]
    public void A_host_whose_managers_were_taken_away_does_not_start()
    {
        Assert.That(
            () => IdentityApp.StartAsync(services: services => services.AddScoped<UserManager<IdentityUser>>()),
            Throws.InvalidOperationException.With.Message.Contains("TwoFactorUserManager"));
        Assert.That(
            () => IdentityApp.StartAsync(services: services => services.AddScoped<SignInManager<IdentityUser>>()),
            Throws.InvalidOperationException.With.Message.Contains("call AddTwoFactorCore() last"));
        Assert.That(
            () => IdentityApp.StartAsync(services: services => services.AddScoped<ISecurityStampValidator, SecurityStampValidator<IdentityUser>>()),
            Throws.InvalidOperationException.With.Message.Contains("call AddTwoFactorCore() last"));
    }

    [Test]
    public async Task A_manager_of_the_applications_own_derives_from_ours_or_is_refused()
    {
        Assert.That(
            () => IdentityApp.StartAsync(identity: identity => identity.AddUserManager<ForeignManager>()),
            Throws.InvalidOperationException.With.Message.Contains("change its base class"));
        await using var app = await IdentityApp.StartAsync(identity: identity => identity.AddUserManager<OwnManager>());
        await app.WithUsersAsync(users =>
        {
            Assert.That(users, Is.TypeOf<OwnManager>());
            return Task.FromResult(users);
        });
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/direct", async (SignInManager<IdentityUser> signIn, UserManager<IdentityUser> users) =>
        {
            try
            {
                await signIn.SignInAsync((await users.FindByEmailAsync(Ada))!, false);
                return "signed in";
            }
            catch (TwoFactorSignInRequiredException e)
            {
                return e.Result.ToString();
            }
        });
        app.MapGet("/own", async (SignInManager<IdentityUser> signIn, UserManager<IdentityUser> users, string code) =>
        {
            var user = (await users.FindByEmailAsync(Ada))!;
            if (!await users.VerifyTwoFactorTokenAsync(user, users.Options.Tokens.AuthenticatorTokenProvider, code))
                return ((TwoFactorUserManager<IdentityUser>)users).LastRefusal!.GetType().Name;
            await signIn.SignInWithClaimsAsync(user, false, [new Claim("amr", "mfa")]);
            return "signed in";
        });
        app.MapGet("/both", async (SignInManager<IdentityUser> signIn, string code) =>
            $"{await signIn.PasswordSignInAsync(Ada, IdentityApp.Password, false, false)} {await signIn.TwoFactorAuthenticatorSignInAsync(code, false, false)}");
    }

    private sealed class ForeignManager(
        IUserStore<IdentityUser> store, IOptions<IdentityOptions> options, IPasswordHasher<IdentityUser> hasher, IEnumerable<IUserValidator<IdentityUser>> users,
        IEnumerable<IPasswordValidator<IdentityUser>> passwords, ILookupNormalizer normalizer, IdentityErrorDescriber errors, IServiceProvider services,
        ILogger<UserManager<IdentityUser>> logger)
        : UserManager<IdentityUser>(store, options, hasher, users, passwords, normalizer, errors, services, logger);

    private sealed class OwnManager(
        IUserStore<IdentityUser> store, IOptions<IdentityOptions> options, IPasswordHasher<IdentityUser> hasher, IEnumerable<IUserValidator<IdentityUser>> users,
        IEnumerable<IPasswordValidator<IdentityUser>> passwords, ILookupNormalizer normalizer, IdentityErrorDescriber errors, IServiceProvider services,
        ILogger<UserManager<IdentityUser>> logger)
        : TwoFactorUserManager<IdentityUser>(store, options, hasher, users, passwords, normalizer, errors, services, logger);
}
