using TwoFactor.Sample.Web.Data;
using TwoFactor.Sample.Web.Hosting;
using TwoFactor.Sample.Web.Tests.Hosting;
using TwoFactor.Testing;
using TwoFactor.Testing.PostgreSql;

namespace TwoFactor.Sample.Web.Tests.Browser;

/// <summary>The same sample on PostgreSQL, by one setting.</summary>
public sealed class PostgreSqlTests : BrowserTest
{
    private string _database = "";

    protected override string[] Settings => [$"Sample:PostgreSql={_database}"];

    [OneTimeSetUp]
    public async Task NameAsync()
    {
        // A database that is not there yet: the sample makes it.
        var cluster = await SharedPostgreSql.GetAsync();
        _database = cluster.ConnectionString("sample");
    }

    [OneTimeTearDown]
    public Task StopAsync() => SharedPostgreSql.StopAsync();

    [Test, Feature("A1"), Attack(1)]
    public async Task Somebody_enrols_signs_in_with_a_code_once_and_is_known_after_a_restart()
    {
        await Visitor.EnterPasswordAsync();
        var (phone, _) = await Visitor.EnrolAsync();
        await Visitor.SignOutAsync();
        await Visitor.EnterPasswordAsync();
        App.NextStep();
        var next = phone.Code();
        await Visitor.SubmitCodeAsync(next);
        await Visitor.ShouldBeSignedInAsync("Password and authenticator app");
        await Visitor.SignOutAsync();
        await Visitor.EnterPasswordAsync();
        await Visitor.SubmitCodeAsync(next);
        await Visitor.ShouldReadAsync("That code was used already.");
        Assert.That(File.Exists(new DataFolder(App.DataFolder).Database), Is.False, "nothing is on SQLite");

        await using var restarted = new SampleApp(settings: Settings);
        var users = (UserDirectory)restarted.Services.GetService(typeof(UserDirectory))!;
        Assert.That((await users.FindByEmailAsync(DemoAccounts.All[0].Email))!.IsActivated, Is.True);
        Assert.That(await users.AddAsync("Another", DemoAccounts.All[0].Email, "password of another"), Is.Null, "the address is taken there, too");
    }
}
