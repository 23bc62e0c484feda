using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Enrollment;
using TwoFactor.Storage;

namespace TwoFactor.EntityFrameworkCore.Tests;

[TestFixture(Engine.Sqlite)]
[TestFixture(Engine.PostgreSql)]
public sealed class ReadyContextTests(Engine engine)
{
    [Test]
    public async Task The_services_keep_accounts_in_the_database_that_was_configured()
    {
        await using var database = await TestDatabase.WithSchemaAsync(engine);
        var services = new ServiceCollection();
        services.AddTwoFactor(options => options.Issuer = "Example")
            .UseSecretKeys("k1", [new("k1", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))])
            .AddEntityFrameworkStore(database.Use);
        await using var provider = services.BuildServiceProvider(validateScopes: true);
        var alice = new UserId("alice");

        var begun = await provider.GetRequiredService<EnrollmentService>().BeginAsync(alice, "alice@example.com");

        Assert.That(begun, Is.InstanceOf<BeginEnrollmentResult.Started>());
        var stored = await provider.GetRequiredService<IAccountStore>().LoadAsync(alice, CancellationToken.None);
        Assert.That(stored.Account?.Pending?.AccountName, Is.EqualTo("alice@example.com"));
        Assert.That(database.Execute("SELECT COUNT(*) FROM two_factor_audit_events WHERE subject = 'alice'"), Is.EqualTo(1));
    }
}
