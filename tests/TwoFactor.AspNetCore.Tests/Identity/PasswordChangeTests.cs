using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Tests.Endpoints.Support;
using TwoFactor.Auditing;
using TwoFactor.EntityFrameworkCore;
using TwoFactor.Storage;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Identity;

/// <summary>A change of the password that cannot end what the old one began is not made.</summary>
internal sealed class PasswordChangeTests
{
    private const string Ada = "ada@example.org";
    private const string Another = "Another-horse-8";
    private IdentityApp _app = null!;
    private UserId _user;

    private static readonly Dictionary<string, Func<UserManager<IdentityUser>, IdentityUser, Task<IdentityResult>>> s_changes = new(StringComparer.Ordinal)
    {
        ["change"] = (users, user) => users.ChangePasswordAsync(user, IdentityApp.Password, Another),
        ["reset"] = async (users, user) => await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), Another),
        ["remove"] = (users, user) => users.RemovePasswordAsync(user),
    };

    private SwitchableStore Store => (SwitchableStore)_app.Services.GetRequiredService<IAccountStore>();

    [SetUp]
    public async Task StartAsync()
    {
        _app = await IdentityApp.StartAsync(build: two => two.UseStore(provider => new SwitchableStore(provider.GetRequiredService<EntityFrameworkAccountStore>())));
        _user = await _app.AddUserAsync(Ada);
        using var browser = new Browser(_app);
        await browser.EnterPasswordAsync(Ada);
        await browser.SetUpAsync();
    }

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [TestCase("change", true)]
    [TestCase("reset", true)]
    [TestCase("remove", true)]
    [TestCase("change", false)]
    [Attack(17)]
    public async Task Where_the_report_fails_the_password_stays_the_old_one(string change, bool isMoving)
    {
        if (isMoving) Store.IsMoving = true;
        else Store.LosesEveryWrite = true;
        await _app.WithUsersAsync(async users =>
        {
            var user = (await users.FindByEmailAsync(Ada))!;
            Assert.That(() => s_changes[change](users, user), isMoving ? Throws.TypeOf<RegionRefusedException>() : Throws.InvalidOperationException.With.Message.Contains("was not changed"));
            return await users.UpdateAsync(user);
        });
        Assert.That(await IsPasswordAsync(IdentityApp.Password), Is.True, "Nor does the next write of the same user bring the new one along.");
        Store.IsMoving = Store.LosesEveryWrite = false;
        await _app.WithUsersAsync(async users => await s_changes[change](users, (await users.FindByEmailAsync(Ada))!));
        Assert.That(await IsPasswordAsync(IdentityApp.Password), Is.False, "It can be made again.");
    }

    [Test]
    public async Task A_password_that_cannot_be_added_is_not()
    {
        await _app.WithUsersAsync(async users => await users.RemovePasswordAsync((await users.FindByEmailAsync(Ada))!));
        Store.IsMoving = true;
        await _app.WithUsersAsync(async users =>
        {
            var user = (await users.FindByEmailAsync(Ada))!;
            Assert.That(() => users.AddPasswordAsync(user, Another), Throws.TypeOf<RegionRefusedException>());
            return await users.UpdateAsync(user);
        });
        Assert.That(await _app.WithUsersAsync(async users => await users.HasPasswordAsync((await users.FindByEmailAsync(Ada))!)), Is.False);
    }

    [Test]
    public async Task Attempts_to_change_it_that_Identity_refuses_void_nothing()
    {
        await _app.WithUsersAsync(async users =>
        {
            var user = (await users.FindByEmailAsync(Ada))!;
            Assert.That((await users.ChangePasswordAsync(user, "wrong", Another)).Succeeded, Is.False);
            Assert.That((await users.ChangePasswordAsync(user, IdentityApp.Password, "weak")).Succeeded, Is.False);
            return await users.ResetPasswordAsync(user, "forged", Another);
        });
        Assert.That(await _app.AuditNamesAsync(_user), Does.Not.Contain(AuditNames.PasswordChanged));
    }

    [Test]
    [Attack(17)]
    public async Task A_change_is_reported_before_it_is_written_and_after()
    {
        await _app.WithUsersAsync(async users => await users.ChangePasswordAsync((await users.FindByEmailAsync(Ada))!, IdentityApp.Password, Another));
        Assert.That((await _app.AuditNamesAsync(_user)).Count(name => name == AuditNames.PasswordChanged), Is.EqualTo(2));
    }

    private Task<bool> IsPasswordAsync(string password) =>
        _app.WithUsersAsync(async users => await users.CheckPasswordAsync((await users.FindByEmailAsync(Ada))!, password));
}
