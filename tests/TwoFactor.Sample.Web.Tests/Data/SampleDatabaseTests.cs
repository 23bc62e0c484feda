using Microsoft.Extensions.Configuration;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Sample.Web.Hosting;

namespace TwoFactor.Sample.Web.Tests.Data;

public sealed class SampleDatabaseTests
{
    [TestCase(null)]
    [TestCase("")]
    [TestCase(" ")]
    public void Without_the_setting_it_is_a_file_in_the_data_folder(string? setting)
    {
        var database = Choose(setting);
        Assert.That(database.IsInFolder);
        Assert.That(database.Description, Is.EqualTo(Path.Combine("folder", "sample-5.db")));
    }

    [Test]
    public void The_setting_names_a_server_and_its_description_has_no_password()
    {
        var database = Choose("Host=db.example;Port=5433;Username=me;Password=canary;Database=sample");
        Assert.That(database.IsInFolder, Is.False);
        Assert.That(database.Description, Is.EqualTo("db.example:5433/sample"));
    }

    [TestCase("canary")]
    [TestCase("Host=db.example;Passwort=canary;Database=sample")]
    [TestCase("Host=db.example;Port=canary;Database=sample")]
    [TestCase("Host=db.example;Password=canary")]
    [TestCase("Username=me;Password=canary;Database=sample")]
    public void A_setting_that_cannot_be_used_stops_the_start_and_is_not_repeated(string setting) => Assert.That(
        () => Choose(setting),
        Throws.InvalidOperationException.With.Message.Contains("Sample:PostgreSql").And.Message.Not.Contains("canary").And.InnerException.Null);

    private static SampleDatabase Choose(string? setting) => SampleDatabase.Choose(
        new ConfigurationBuilder().AddInMemoryCollection([new("Sample:PostgreSql", setting)]).Build(), new DataFolder("folder"));
}
