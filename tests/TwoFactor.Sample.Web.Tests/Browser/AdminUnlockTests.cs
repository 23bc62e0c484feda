using Microsoft.Playwright;
using TwoFactor.Testing;

namespace TwoFactor.Sample.Web.Tests.Browser;

[Feature("B4")]
public sealed class AdminUnlockTests : BrowserTest
{
    protected override string[] Settings => ["TwoFactor:Lockout:Preset=AdminUnlock"];

    [Test, Attack(16), Attack(17)]
    public async Task With_the_preset_AdminUnlock_the_third_wrong_code_locks_and_time_does_not_unlock()
    {
        var (phone, _) = await Visitor.PrepareAliceAsync();
        await Visitor.EnterPasswordAsync();
        await Visitor.SubmitCodeAsync(SignInTests.Wrong(phone, 1));
        await Visitor.SubmitCodeAsync(SignInTests.Wrong(phone, 2));
        await Visitor.ShouldReadAsync("1 attempt left");
        await Visitor.SubmitCodeAsync(SignInTests.Wrong(phone, 3));

        await Assertions.Expect(Visitor.Heading).ToHaveTextAsync("Your account is locked");
        await Visitor.ShouldReadAsync("An administrator has to unlock your account.");
        await Visitor.ScreenshotAsync("locked-until-an-administrator");

        App.Clock.Offset += TimeSpan.FromDays(3);
        await Visitor.FollowAsync("Back to sign-in");
        await Visitor.EnterPasswordAsync();
        await Assertions.Expect(Visitor.Heading).ToHaveTextAsync("Your account is locked");
    }

    [Test]
    public async Task After_the_fifth_wrong_password_the_right_one_is_answered_like_a_wrong_one()
    {
        for (var i = 0; i < 5; i++)
        {
            await Visitor.EnterPasswordAsync(password: "not the password");
            await Visitor.ShouldReadAsync("E-mail address or password is wrong.");
        }

        await Visitor.EnterPasswordAsync(password: "not the password");
        await Visitor.ShouldReadAsync("E-mail address or password is wrong.");
        await Visitor.EnterPasswordAsync();
        await Visitor.ShouldReadAsync("E-mail address or password is wrong.");
        await Visitor.ShouldReadAsync("After several wrong passwords an account is locked for a while.");
    }
}
