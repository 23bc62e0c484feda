using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Identity;
using TwoFactor.Enforcement;
using TwoFactor.Enrollment;
using TwoFactor.Organizations;
using TwoFactor.SignIn;

namespace TwoFactor.AspNetCore.Tests.Identity;

/// <summary>What policies say to a password, as Identity's calls answer it: the pages as they are keep everybody out, a page that looks closer can act.</summary>
internal sealed class EnforcementTests
{
    private const string Ada = "ada@example.org";
    private static readonly OrganizationId s_acme = new("acme");

    [Test]
    public async Task Who_must_set_up_is_not_let_in_by_the_page_and_sets_up_where_the_host_asks()
    {
        await using var app = await StartAsync(policy => policy);
        var user = await JoinAsync(app);
        using var browser = new Browser(app);
        Assert.That((await browser.EnterPasswordAsync(Ada)).Text, Does.Contain("Invalid login attempt."));
        Assert.That((await browser.OpenAsync("/secret")).Name, Is.EqualTo("Login"));
        Assert.That((await browser.OpenAsync("/Identity/Account/LoginWith2fa")).Html, Does.Contain("Unable to load two-factor authentication user"), "A set-up is no code to ask for.");

        var answer = await browser.OpenAsync("/password");
        Assert.That(answer.Html, Is.EqualTo("NotAllowed, set up"));
        var offer = (await browser.OpenAsync("/offer")).Html.Split('|');
        var phone = new Authenticator(offer[1]);
        Assert.That((await browser.OpenAsync($"/confirm?id={offer[0]}&code={phone.WrongCodeAt(app.Now)}")).Html, Is.EqualTo("Refused"));
        Assert.That((await browser.OpenAsync("/secret")).Name, Is.EqualTo("Login"), "Not before the code.");
        Assert.That((await browser.OpenAsync($"/confirm?id={offer[0]}&code={phone.CodeAt(app.Now)}")).Html, Is.EqualTo("Confirmed 10"));
        Assert.That((await browser.OpenAsync("/secret")).Html, Is.EqualTo($"secret of {Ada}"));
        Assert.That((await app.StatusAsync(user)).IsEnrolled, Is.True);
        Assert.That((await browser.OpenAsync("/offer")).Html, Is.EqualTo("no sign-in waits"), "The attempt is over.");
    }

    [Test]
    public async Task Who_is_turned_away_is_told_so()
    {
        await using var app = await StartAsync(policy => policy with { AfterGrace = AfterGrace.Deny });
        await JoinAsync(app);
        using var browser = new Browser(app);
        Assert.That((await browser.EnterPasswordAsync(Ada)).Text, Does.Contain("Invalid login attempt."));
        Assert.That((await browser.OpenAsync("/password")).Html, Is.EqualTo("NotAllowed, Denied"));
    }

    [Test]
    public async Task A_client_that_cannot_set_up_is_told_where_to_go()
    {
        await using var app = await StartAsync(policy => policy, options =>
            options.ConfigureRequest = (context, request) => context.Request.Query.ContainsKey("mobile") ? request with { Client = ClientKind.Mobile } : request);
        await JoinAsync(app);
        using var browser = new Browser(app);
        Assert.That((await browser.OpenAsync("/password?mobile")).Html, Is.EqualTo("NotAllowed, EnrollElsewhere"));
    }

    [Test]
    public async Task During_grace_the_user_gets_in_and_the_result_has_the_deadline()
    {
        await using var app = await StartAsync(policy => policy with { Rules = [policy.Rules[0] with { Grace = TimeSpan.FromDays(7) }] });
        await JoinAsync(app);
        using var browser = new Browser(app);
        Assert.That((await browser.OpenAsync("/password")).Html, Is.EqualTo($"Succeeded, until {app.Now.AddDays(7):O}"));
        Assert.That((await browser.OpenAsync("/secret")).Html, Is.EqualTo($"secret of {Ada}"));
    }

    [Test]
    public async Task A_new_user_in_activation_has_no_grace_and_is_not_signed_in_by_the_registration()
    {
        await using var app = await StartAsync(
            policy => policy with { Rules = [policy.Rules[0] with { Grace = TimeSpan.FromDays(7) }] },
            options => options.ConfigureRequest = (context, request) => request with { IsActivation = context.Request.Path.StartsWithSegments("/activate", StringComparison.Ordinal) });
        await JoinAsync(app);
        using var browser = new Browser(app);
        Assert.That((await browser.OpenAsync("/activate")).Html, Is.EqualTo("NotAllowed, set up"));
        Assert.That((await browser.OpenAsync("/secret")).Name, Is.EqualTo("Login"));
    }

    private static async Task<IdentityApp> StartAsync(Func<OrganizationPolicy, OrganizationPolicy> change, Action<TwoFactorIdentityOptions>? configure = null)
    {
        var app = await IdentityApp.StartAsync(configure: configure, build: two => two.UseInMemoryDirectory(), endpoints: Map);
        var policy = change(PolicyPresets.RequiredAfterGrace(s_acme, app.Now, TimeSpan.Zero));
        var saved = await app.Services.GetRequiredService<IOrganizationStore>().TrySaveAsync(
            new Organization { Id = s_acme, Policy = policy with { Version = 1 } }, 0, [], CancellationToken.None);
        Assert.That(saved, Is.True);
        return app;
    }

    private static async Task<UserId> JoinAsync(IdentityApp app)
    {
        var user = await app.AddUserAsync(Ada);
        app.Services.GetRequiredService<InMemoryDirectory>().Join(s_acme, user, app.Now);
        return user;
    }

    // What a page does that knows TwoFactorSignInResult.
    private static void Map(WebApplication app)
    {
        app.MapGet("/password", async (SignInManager<IdentityUser> signIn) => Describe(await signIn.PasswordSignInAsync(Ada, IdentityApp.Password, false, false)));
        app.MapGet("/activate", async (SignInManager<IdentityUser> signIn, UserManager<IdentityUser> users) =>
        {
            try
            {
                await signIn.SignInAsync((await users.FindByEmailAsync(Ada))!, false);
                return "signed in";
            }
            catch (TwoFactorSignInRequiredException e)
            {
                return Describe(e.Result);
            }
        });
        app.MapGet("/offer", async (SignInManager<IdentityUser> signIn) => await ((TwoFactorSignInManager<IdentityUser>)signIn).BeginRequiredEnrollmentAsync() switch
        {
            BeginEnrollmentResult.Started started => $"{started.Offer.EnrollmentId}|{started.Offer.ManualKey}",
            null => "no sign-in waits",
            var other => other.GetType().Name,
        });
        app.MapGet("/confirm", async (SignInManager<IdentityUser> signIn, string id, string code) =>
            await ((TwoFactorSignInManager<IdentityUser>)signIn).ConfirmRequiredEnrollmentAsync(EnrollmentId.TryParse(id, out var enrollment) ? enrollment : default, code, false) switch
            {
                ConfirmEnrollmentResult.Confirmed confirmed => $"Confirmed {confirmed.BackupCodes.Length}",
                null => "no sign-in waits",
                var other => other.GetType().Name,
            });
    }

    private static string Describe(Microsoft.AspNetCore.Identity.SignInResult result)
    {
        var ours = (TwoFactorSignInResult)result;
        var detail = ours.RequiresEnrollment ? "set up" : ours.Begin is BeginSignInResult.Allowed { Prompt: { } prompt } ? $"until {prompt.Deadline:O}" : ours.Begin?.GetType().Name;
        return $"{result}, {detail}";
    }
}
